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

# The sample with more columns, set directly: update() and subset() would take a column of the data for our y or who.
having <- function(...) {
  made <- list(...)
  for (name in names(made)) d$variables[[name]] <- made[[name]]
  d
}
freedom <- function(who) if (whole_df) degf(d) else degf(d[who, ])
quantile_of_t <- function(df) qt((1 + confidence) / 2, df)

# A number can be ours to nine digits and differ by rounding alone where it is nearly zero: what "nearly" is.
rounding <- function(estimate, se) {
  list(estimate = se, se = 1e-7 * abs(estimate), ci_low = se, ci_high = se, df = 1)
}

row_of <- function(at, estimate, se, low, high, df) {
  numbers <- list(estimate = estimate, se = se, ci_low = low, ci_high = high, df = df)
  least <- if (is.null(se) || is.na(se)) abs(as.numeric(estimate)) * 1e-3 else as.numeric(se)
  compare("row", at, Filter(Negate(is.null), numbers), rounding(as.numeric(estimate), least))
}

with_t <- function(at, found, who, method) {
  df <- freedom(who)
  half <- as.numeric(SE(found)) * (if (method == "normal") qnorm((1 + confidence) / 2) else quantile_of_t(df))
  row_of(at, coef(found), SE(found), coef(found) - half, coef(found) + half, df)
}

# Those of a group who answered. A calibrated design keeps all rows, some without weight: they must have a number too.
among <- function(y, who) having(y_ = ifelse(who & !is.na(y), y, 0))[who & !is.na(y), ]

check_total <- function(at, y, who, method) with_t(at, svytotal(~y_, among(y, who)), who, method)
check_mean <- function(at, y, who, method) with_t(at, svymean(~y_, among(y, who)), who, method)
check_variance <- function(at, y, who, method) {
  found <- svyvar(~y_, among(y, who))
  with_t(at, structure(as.numeric(found)[1], var = matrix(as.numeric(SE(found))[1]^2), class = "svystat"), who, method)
}
check_ratio <- function(at, y, x, who, method) {
  meant <- who & !is.na(y) & !is.na(x)
  both <- having(y_ = ifelse(meant, y, 0), x_ = ifelse(meant, x, 0))[meant, ]
  with_t(at, svyratio(~y_, ~x_, both), who, method)
}

# Shares: the interval is svyciprop's, of the method that the results name.
check_share <- function(at, y, who, method) {
  group <- among(y, who)
  df <- freedom(who)
  found <- svymean(~y_, group)
  p <- as.numeric(coef(found))
  ends <- if (method %in% c("t", "normal")) {
    p + c(-1, 1) * as.numeric(SE(found)) * (if (method == "normal") qnorm((1 + confidence) / 2) else quantile_of_t(df))
  } else if (method == "wilson") {
    wilson(p, as.numeric(SE(found))^2, df)
  } else if (method == "beta") {
    korn_graubard(p, as.numeric(SE(found))^2, df, sum(who), sum(who & !is.na(y)))
  } else {
    known <- c(logit = if (replicated) "logit" else "xlogit", arcsine = "asin", likelihood = "likelihood")
    as.numeric(attr(svyciprop(~y_, group, method = known[[method]], level = confidence, df = df), "ci"))
  }
  row_of(at, p, SE(found), ends[1], ends[2], df)
}

# As svyciprop's beta, which counts the rows of other groups where a design is calibrated, and knows no share of 0 or 1.
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

# survey 4.1 takes the second answer where the share is below that of the first, against its own definition: set aside.
check_quantile <- function(at, y, who, share, rule, type) {
  meant <- who & !is.na(y)
  df <- freedom(who)
  found <- svyquantile(~y_, among(y, who), share, ci = TRUE, alpha = 1 - confidence, interval.type = type,
                       qrule = rule, df = df)[[1]]
  first <- sort(unique(y[meant]))[1:2]
  ours <- number_in(line_of("row", at), "ci_low")
  aside <- isTRUE(ours == first[1]) && isTRUE(found[1, 2] == first[2])
  if (aside) seen$aside <<- seen$aside + 2
  row_of(at, found[1, 1], if (aside) NULL else found[1, 4], if (aside) NULL else found[1, 2], found[1, 3], df)
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
  wald <- tested("Wald")
  adjusted <- tested("adjWald")
  numbers <- list(f = f$statistic, ndf = f$parameter[1], ddf = f$parameter[2], p = f$p.value,
                  wald = wald$statistic, p_wald = wald$p.value,
                  wald_adjusted = adjusted$statistic, p_wald_adjusted = adjusted$p.value)
  compare("test", at, numbers, list(f = 1e-6, ndf = 1, ddf = 1, p = 1e-3, wald = 1e-6, p_wald = 1e-3,
                                    wald_adjusted = 1e-6, p_wald_adjusted = 1e-3))
}
