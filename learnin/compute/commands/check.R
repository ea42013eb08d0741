# What every check needs. The calls below it are made from the SPEC; nothing here knows it.

suppressPackageStartupMessages(library(survey))

told <- commandArgs(trailingOnly = TRUE)
lines <- readLines(if (length(told)) told[1] else "results.json", encoding = "UTF-8", warn = FALSE)
seen <- list(count = 0, withheld = 0, aside = 0, worst = 0, where = "nothing")

# One line of the results, say {"row": 3, ...}, and a number in it; NA where it is null.
line_of <- function(list, at) lines[startsWith(lines, sprintf('{"%s": %d,', list, at))][1]
number_in <- function(line, key) {
  found <- regmatches(line, regexpr(sprintf('"%s": [^,}]+', key), line))
  suppressWarnings(as.numeric(sub(".*: ", "", found)))
}

# Compare numbers of R, by their names in the results. A number LearnIn withholds (nobody answered, one sampled unit) is counted.
compare <- function(list, at, numbers, least) {
  line <- line_of(list, at)
  if (is.na(line)) stop(sprintf("the results have no %s %d: are they of this SPEC and these data?", list, at))
  for (name in names(numbers)) {
    ours <- number_in(line, name)
    theirs <- unname(as.numeric(numbers[[name]]))
    if (is.na(ours)) {
      seen$withheld <<- seen$withheld + 1
      next
    }
    far <- if (isTRUE(ours == theirs)) 0 else abs(ours - theirs) / max(abs(theirs), least[[name]])
    if (is.na(far)) far <- Inf
    seen$count <<- seen$count + 1
    if (far > seen$worst) {
      seen$worst <<- far
      seen$where <<- sprintf("%s of %s %d: %.15g here, %.15g there", name, list, at, theirs, ours)
    }
  }
}

finish <- function(most) {
  cat(sprintf("%d numbers compared, %d withheld by LearnIn, %d set aside\n", seen$count, seen$withheld, seen$aside))
  cat(sprintf("largest relative difference: %.2g (%s)\n", seen$worst, seen$where))
  quit(status = if (seen$count > 0 && seen$worst <= most) 0 else 1)
}

needed <- function(package) {
  if (!requireNamespace(package, quietly = TRUE)) stop(sprintf("R's package %s is needed, and not installed", package))
}

# The sample with more columns, set directly: update() and subset() would take a column of the data for our y or who.
having <- function(...) {
  made <- list(...)
  for (name in names(made)) d$variables[[name]] <- made[[name]]
  d
}
# Designs of joint chances keep all rows, some without weight: the package does not take rows of them away.
only <- function(design, who) {
  if (!inherits(design, "pps")) return(design[who, ])
  design$prob[!who] <- Inf
  design
}
freedom <- function(who) if (whole_df) degf(d) else degf(only(d, who))
quantile_of_t <- function(df) qt((1 + confidence) / 2, df)

# A number can be ours to nine digits and differ by rounding alone where it is nearly zero: what "nearly" is.
rounding <- function(estimate, se) {
  list(estimate = se, se = 1e-6 * abs(estimate), ci_low = se, ci_high = se, df = 1)
}

row_of <- function(at, estimate, se, low, high, df) {
  numbers <- list(estimate = estimate, se = se, ci_low = low, ci_high = high, df = df)
  near <- as.numeric(if (is.null(estimate)) number_in(line_of("row", at), "estimate") else estimate)
  least <- if (is.null(se) || is.na(se)) abs(near) * 1e-3 else as.numeric(se)
  compare("row", at, Filter(Negate(is.null), numbers), rounding(near, least))
}

# How many of a group answered, for how many they stand, what share did not; and whether nobody answered: R's package
# stops there, and LearnIn must say no number. Rows of weight zero count as drawn, not as answers.
nobody <- function(at, who, meant) {
  w <- weights(d, "sampling")
  rows <- who & w > 0
  answered <- rows & meant
  counts <- list(n = sum(answered), n_hat = sum(w[answered]), missing = 1 - sum(answered) / sum(rows))
  compare("row", at, counts, list(n = 1, n_hat = 1e-3, missing = 1e-3))
  if (any(answered)) return(FALSE)
  row_of(at, NaN, NaN, NaN, NaN, NULL)
  TRUE
}
weight_of <- function(who) sum(weights(d, "sampling")[who])

# Design effects of a mean: its variance over that of a simple random sample without and with replacement. With joint
# chances the package counts the rows of other groups for it.
effects_of <- function(at, group) {
  if (inherits(group, "pps")) return(NULL)
  without <- as.numeric(deff(svymean(~y_, group, deff = TRUE)))
  replaced <- as.numeric(deff(svymean(~y_, group, deff = "replace")))
  compare("row", at, list(deff = without, deff_replace = replaced), list(deff = 1e-3, deff_replace = 1e-3))
  replaced
}
effective <- function(at, n) compare("row", at, list(n_eff = n), list(n_eff = 1e-3))

with_t <- function(at, found, who, method) {
  df <- freedom(who)
  half <- as.numeric(SE(found)) * (if (method == "normal") qnorm((1 + confidence) / 2) else quantile_of_t(df))
  row_of(at, coef(found), SE(found), coef(found) - half, coef(found) + half, df)
}

# Those of a group who answered. A calibrated design keeps all rows, some without weight: they must have a number too.
among <- function(y, who) only(having(y_ = ifelse(who & !is.na(y), y, 0)), who & !is.na(y))

# survey 4.1 measures a lonely unit's total from zero, against its own definition (the mean of all units): set aside.
adjusting <- function() getOption("survey.lonely.psu") == "adjust"
misplaced <- function() {
  if (!adjusting()) return(FALSE)
  three <- svydesign(~unit, strata = ~stratum, weights = ~one,
                     data = data.frame(unit = 1:3, stratum = c(1, 1, 2), one = 1, y = c(1, 3, 8)))
  abs(SE(svytotal(~y, three))^2 - 20) > 1e-9 # 2 * (1 + 1) of the first two; the third is 4 from the mean of 4
}

# Where the mean of all units counts, the whole sample stays, with nothing for who is not meant.
check_total <- function(at, y, who, method) {
  if (nobody(at, who, !is.na(y))) return(invisible())
  group <- if (adjusting()) having(y_ = ifelse(who & !is.na(y), y, 0)) else among(y, who)
  found <- svytotal(~y_, group)
  if (!misplaced()) return(with_t(at, found, who, method))
  seen$aside <<- seen$aside + 3
  row_of(at, coef(found), NULL, NULL, NULL, freedom(who))
}
check_mean <- function(at, y, who, method) {
  if (nobody(at, who, !is.na(y))) return(invisible())
  effect <- effects_of(at, among(y, who))
  if (!is.null(effect)) effective(at, sum(who & !is.na(y) & weights(d, "sampling") > 0) / effect)
  with_t(at, svymean(~y_, among(y, who)), who, method)
}
# Reliability of an index, among those who answered all of its questions.
check_alpha <- function(at, questions, who) {
  meant <- who & rowSums(is.na(questions)) == 0
  if (sum(meant) < 2) return(invisible())
  questions[!meant, ] <- 0
  columns <- setNames(as.list(as.data.frame(questions)), sprintf("q%d_", seq_len(ncol(questions))))
  group <- only(do.call(having, columns), meant)
  compare("row", at, list(alpha = svycralpha(reformulate(names(columns)), group)), list(alpha = 1e-3))
}
check_variance <- function(at, y, who, method) {
  if (nobody(at, who, !is.na(y))) return(invisible())
  found <- svyvar(~y_, among(y, who))
  with_t(at, structure(as.numeric(found)[1], var = matrix(as.numeric(SE(found))[1]^2), class = "svystat"), who, method)
}
check_ratio <- function(at, y, x, who, method) {
  meant <- who & !is.na(y) & !is.na(x)
  if (nobody(at, who, meant)) return(invisible())
  both <- only(having(y_ = ifelse(meant, y, 0), x_ = ifelse(meant, x, 0)), meant)
  with_t(at, svyratio(~y_, ~x_, both), who, method)
}

# Shares: the interval is of the method that the results name. `logit` and `arcsine` are those of svyciprop (`xlogit`,
# `asin`); with replicates the log-odds have a spread of their own, as svyciprop's `logit`, whose regression stops early.
check_share <- function(at, y, who, method) {
  if (nobody(at, who, !is.na(y))) return(invisible())
  group <- among(y, who)
  effects_of(at, group)
  df <- freedom(who)
  found <- svymean(~y_, group)
  p <- as.numeric(coef(found))
  v <- as.numeric(SE(found))^2
  if (v <= (1e-12 * p)^2) v <- 0 # the known totals fix this share: what is left is rounding
  if (p > 0 && p < 1 && v > 0) effective(at, p * (1 - p) / v)
  rows <- who & weights(d, "sampling") > 0
  answered <- rows & !is.na(y)
  ends <- switch(
    method,
    normal = p + c(-1, 1) * sqrt(v) * qnorm((1 + confidence) / 2),
    t = p + c(-1, 1) * sqrt(v) * quantile_of_t(df),
    logit = if (replicated) odds(group, p, df) else turned(found, quote(log(share / (1 - share))), df, plogis),
    arcsine = turned(found, quote(asin(sqrt(share))), df, function(x) sin(pmin(pmax(x, 0), pi / 2))^2),
    wilson = wilson(p, v, df),
    beta = korn_graubard(p, v, df, sum(rows), sum(answered)),
    likelihood = likelihood(p, v, df, sum(rows), sum(answered), weight_of(answered) / weight_of(who))
  )
  row_of(at, p, SE(found), ends[1], ends[2], df)
}

turned <- function(found, changed, df, back) {
  names(found) <- "share"
  back(as.numeric(confint(svycontrast(found, changed), 1, level = confidence, df = df)))
}
odds <- function(group, p, df) {
  found <- withReplicates(group, function(w, data) qlogis(sum(w * data$y_) / sum(w)))
  plogis(qlogis(p) + c(-1, 1) * quantile_of_t(df) * as.numeric(SE(found)))
}

# svyciprop's `likelihood` reads its ends off a curve through some points; here they are where it means them to be.
likelihood <- function(p, v, df, rows, answered, share) {
  n <- p * (1 - p) / v
  most <- quantile_of_t(df)^2 * share * rows / (answered - 1)
  fall <- function(x) 2 * n * (p * log(p / x) + (1 - p) * log((1 - p) / (1 - x))) - most
  if (!(p > 0 && p < 1 && is.finite(n))) return(c(NA, NA))
  end <- function(from, to) uniroot(fall, c(from, to), tol = 1e-15, maxiter = 10000)$root
  c(end(1e-300, p), end(p, 1 - 1e-16))
}

# As svyciprop's beta, which counts rows of weight zero, and those of other groups where a design is calibrated, and knows
# no share of 0 or 1.
korn_graubard <- function(p, v, df, rows, answered) {
  tail <- (1 - confidence) / 2
  n <- (if (v > 0) p * (1 - p) / v else answered) * (qt(tail, rows - 1) / qt(tail, df))^2
  c(if (p > 0) qbeta(tail, n * p, n * (1 - p) + 1) else 0, if (p < 1) qbeta(1 - tail, n * p + 1, n * (1 - p)) else 1)
}

wilson <- function(p, v, df) {
  q2 <- quantile_of_t(df)^2
  n <- p * (1 - p) / v
  middle <- (p + q2 / (2 * n)) / (1 + q2 / n)
  middle + c(-1, 1) * sqrt(q2) * sqrt(p * (1 - p) / n + q2 / (4 * n^2)) / (1 + q2 / n)
}

# Shah and Vaish take half of the weight scaled to a mean of one; the package takes half of the weight as it stands.
shah_vaish <- function(x, w, p) {
  sorted <- order(x)
  scaled <- w[sorted] / mean(w[w > 0])
  share <- (cumsum(scaled) + 0.5 - scaled / 2) / (sum(w > 0) + 1)
  there <- scaled > 0
  approx(share[there], x[sorted][there], p, method = "constant", f = 0, rule = 2)$y
}

# survey 4.1 takes the second value where the share is below that of the first, against its own definition (hf4: one below
# the first), and has no number of hf4 where the share is one: set aside.
check_quantile <- function(at, y, who, share, rule, type) {
  meant <- who & !is.na(y)
  if (nobody(at, who, meant)) return(invisible())
  df <- freedom(who)
  found <- svyquantile(~y_, among(y, who), share, ci = TRUE, alpha = 1 - confidence, interval.type = type,
                       qrule = if (rule == "shahvaish") shah_vaish else rule, df = df)[[1]]
  first <- sort(unique(y[meant]))[1:2]
  line <- line_of("row", at)
  second <- function(ours, theirs) {
    isTRUE(ours == first[1]) && (isTRUE(theirs == first[2]) || rule == "hf4" && isTRUE(theirs < first[1]))
  }
  none <- function(ours, theirs) rule == "hf4" && is.nan(theirs) && !is.na(ours)
  names <- c("estimate", "ci_low", "ci_high")
  aside <- sapply(1:3, function(one) {
    ours <- number_in(line, names[one])
    second(ours, found[1, one]) || none(ours, found[1, one])
  })
  if (aside[1]) aside[2:3] <- TRUE # the ends are those of the share at or below the estimate
  ends <- aside[2] || aside[3]
  seen$aside <<- seen$aside + sum(aside) + ends
  told <- function(one, is_aside) if (is_aside) NULL else found[1, one]
  row_of(at, told(1, aside[1]), told(4, ends), told(2, aside[2]), told(3, aside[3]), df)
}

# Several estimates together: linearised by hand here, the covariance by svytotal; or by the replicates.
term <- function(who, above, below = NULL, times = 1) {
  there <- who & !is.na(above) & (if (is.null(below)) TRUE else !is.na(below))
  list(times = times, above = ifelse(there, above, 0), below = if (is.null(below)) NULL else ifelse(there, below, 0))
}
value <- function(w, one) sum(w * one$above) / (if (is.null(one$below)) 1 else sum(w * one$below))
together <- function(terms) {
  if (replicated) {
    found <- withReplicates(d, function(w, data) sapply(terms, function(one) value(w, one)))
    return(list(value = as.numeric(coef(found)), v = as.matrix(vcov(found))))
  }
  w <- weights(d)
  values <- sapply(terms, function(one) value(w, one))
  scores <- lapply(seq_along(terms), function(at) {
    one <- terms[[at]]
    if (is.null(one$below)) one$above else (one$above - values[at] * one$below) / sum(w * one$below)
  })
  names(scores) <- paste0("score", seq_along(scores))
  v <- vcov(svytotal(reformulate(names(scores)), do.call(having, scores)))
  list(value = values, v = as.matrix(v))
}

contrasted <- function(at, estimate, v, none) {
  se <- sqrt(v)
  df <- degf(d)
  half <- quantile_of_t(df) * se
  t <- (estimate - none) / se
  numbers <- list(estimate = estimate, se = se, ci_low = estimate - half, ci_high = estimate + half, df = df, t = t,
                  p = 2 * pt(-abs(t), df))
  compare("contrast", at, numbers, c(rounding(estimate, se), list(t = 1, p = 1e-3)))
}
check_contrast <- function(at, terms) {
  if (misplaced() && any(sapply(terms, function(one) is.null(one$below)))) {
    seen$aside <<- seen$aside + 7
    return(invisible())
  }
  found <- together(terms)
  times <- sapply(terms, function(one) one$times)
  contrasted(at, sum(times * found$value), as.numeric(times %*% found$v %*% times), 0)
}
check_quotient <- function(at, terms) {
  found <- together(terms)
  quotient <- found$value[1] / found$value[2]
  slopes <- c(1, -quotient) / found$value[2]
  contrasted(at, quotient, as.numeric(slopes %*% found$v %*% slopes), 1)
}

check_test <- function(at, rows, columns) {
  both <- having(rows_ = factor(rows), columns_ = factor(columns))
  tested <- function(statistic) svychisq(~rows_ + columns_, both, statistic = statistic)
  f <- tested("F")
  first <- tested("Chisq")
  numbers <- list(p_first = first$p.value, f = f$statistic, ndf = f$parameter[1], ddf = f$parameter[2], p = f$p.value)
  if (all(weights(d, "sampling") > 0) && !anyNA(rows) && !anyNA(columns)) # else the package counts other rows than answers
    numbers$chi2 <- first$statistic
  if (misplaced()) {
    seen$aside <<- seen$aside + 4
  } else {
    wald <- tested("Wald")
    adjusted <- tested("adjWald")
    numbers <- c(numbers, list(wald = wald$statistic, p_wald = wald$p.value,
                               wald_adjusted = adjusted$statistic, p_wald_adjusted = adjusted$p.value))
  }
  compare("test", at, numbers, list(chi2 = 1e-6, p_first = 1e-3, f = 1e-6, ndf = 1, ddf = 1, p = 1e-3, wald = 1e-6, p_wald = 1e-3,
                                    wald_adjusted = 1e-6, p_wald_adjusted = 1e-3))
}
