"""Lines in, running text out: noise and footnotes lifted out, words mended, sentences found."""
