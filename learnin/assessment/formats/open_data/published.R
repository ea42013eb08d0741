# The published numbers: those of the file were compared above, here is how far they are from what was published.
published <- read.csv("published.csv", check.names = FALSE, fileEncoding = "UTF-8", colClasses = "character")
published <- published[published$row != "", ]
of_file <- sapply(published$row, function(at) number_in(line_of("row", as.integer(at)), "estimate"))
theirs <- as.numeric(published$estimate)
far <- abs(of_file - theirs) / ifelse(published$unit == "share" | theirs == 0, 1, abs(theirs))
cat(sprintf("%d published numbers are in the file; the largest difference is %.3g\n", length(far), max(c(0, far))))
if (any(abs(of_file - as.numeric(published$in_file)) > 1e-9 * pmax(1, abs(of_file)))) {
  stop("published.csv and the results are not of the same file")
}
