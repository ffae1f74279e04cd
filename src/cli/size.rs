//! Sizes on the command line: `1048576`, `64M`, `1G`.

/// The number of bytes that a size stands for.
pub fn parse(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = text[digits.len()..].trim().to_ascii_lowercase();
    let factor: u64 = match unit.as_str() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return Err(format!("`{unit}` is no unit: K, M or G")),
    };
    let count: u64 = digits.parse().map_err(|_| format!("`{text}` is no size: write for example `64M`"))?;
    count.checked_mul(factor).ok_or_else(|| format!("`{text}` is too large"))
}
