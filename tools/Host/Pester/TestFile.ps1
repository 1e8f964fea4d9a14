# Each test file is discovered and run inside one call of this script, so that $script: is the file's own.
$args[0].Invoke()
