// htmx 4, as it comes. Its settings stand in <meta name="htmx-config"> of kit/base.html, so that no inline script is needed.
import "htmx.org";
