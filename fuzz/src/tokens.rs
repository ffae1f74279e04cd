//! Changes to a text that leave most of it a text: tokens and statements are dropped, doubled, swapped, exchanged.

/// What is put in beside the tokens that are there already.
const WORDS: [&str; 58] = [
    "async",
    "bool",
    "borrow",
    "char",
    "constructor",
    "enum",
    "error-context",
    "export",
    "f32",
    "f64",
    "flags",
    "from",
    "func",
    "future",
    "import",
    "include",
    "interface",
    "list",
    "map",
    "option",
    "own",
    "package",
    "record",
    "resource",
    "result",
    "s16",
    "s32",
    "s64",
    "s8",
    "static",
    "stream",
    "string",
    "tuple",
    "type",
    "u16",
    "u32",
    "u64",
    "u8",
    "use",
    "variant",
    "with",
    "world",
    "_",
    "as",
    "a",
    "r",
    "t",
    "%type",
    "@since(version = 1.0.0)",
    "@unstable(feature = x)",
    "@deprecated(version = 1.1.0)",
    "@external-id(\"x\")",
    "/// docs\n",
    "/* c */",
    "list<u8, 4>",
    "->",
    "own<r>",
    "a:b/i",
];

/// The text with one change, chosen by `seed`; `None` where there is nothing to change.
pub fn mutate(data: &[u8], seed: u32) -> Option<Vec<u8>> {
    let mut state = u64::from(seed) << 1 | 1;
    let mut random = |below: usize| {
        // The constants of Knuth's MMIX.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let is_statement = random(3) == 0;
    let mut tokens = if is_statement { statements(data) } else { tokens(data) };
    if tokens.is_empty() {
        return None;
    }
    let (one, other) = (random(tokens.len()), random(tokens.len()));
    match random(6) {
        0 => drop(tokens.remove(one)),
        1 => tokens.insert(other, tokens[one]),
        2 => tokens.swap(one, other),
        3 => tokens[one] = tokens[other],
        4 => tokens[one] = WORDS[random(WORDS.len())].as_bytes(),
        _ => tokens.splice(one..one, [b" ", WORDS[random(WORDS.len())].as_bytes(), b" "]).for_each(drop),
    }
    Some(tokens.concat())
}

fn tokens(data: &[u8]) -> Vec<&[u8]> {
    let is_word =
        |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'%' || byte >= 0x80 && byte != 0xff;
    data.chunk_by(|a, b| (is_word(*a) && is_word(*b)) || (*a == b' ' && *b == b' ')).collect()
}

fn statements(data: &[u8]) -> Vec<&[u8]> {
    data.split_inclusive(|byte| matches!(byte, b';' | b'{' | b'}' | b',' | 0xff)).collect()
}
