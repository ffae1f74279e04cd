//! The same WIT text with its declarations in reverse order, top level and bodies of interfaces and worlds.

/// Reverses the declarations. The `package` line stays first.
pub fn reversed(text: &str) -> String {
    let mut chunks = chunks(text);
    let header = chunks.iter().position(|chunk| code(chunk).starts_with("package") && !chunk.contains('{'));
    let mut out = header.map_or(String::new(), |at| chunks.remove(at));
    chunks.reverse();
    for chunk in chunks {
        out.push('\n');
        out.push_str(&with_reversed_body(&chunk));
    }
    out
}

fn with_reversed_body(chunk: &str) -> String {
    let word = code(chunk);
    let is_container = ["interface", "world", "package"].iter().any(|keyword| declares(&word, keyword));
    match (chunk.find('{'), chunk.rfind('}')) {
        (Some(open), Some(close)) if is_container => {
            let mut inner = chunks(&chunk[open + 1..close]);
            inner.reverse();
            let inner: Vec<String> = inner.iter().map(|item| with_reversed_body(item)).collect();
            format!("{}\n{}\n{}", &chunk[..=open], inner.join("\n"), &chunk[close..])
        }
        _ => chunk.to_string(),
    }
}

/// Whether a declaration is of that kind: its keyword stands before the first brace, after attributes.
fn declares(code: &str, keyword: &str) -> bool {
    code.split('{').next().unwrap_or_default().split_whitespace().any(|word| word == keyword)
}

/// The text without its comments and line breaks, for a look at its first words.
fn code(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Declarations with the comments before them: each ends with a `;` or a `}` outside all braces.
fn chunks(text: &str) -> Vec<String> {
    let (mut chunks, mut current, mut depth) = (Vec::new(), String::new(), 0);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        current.push(c);
        match c {
            '/' if rest.peek() == Some(&'/') => {
                for c in rest.by_ref() {
                    current.push(c);
                    if c == '\n' {
                        break;
                    }
                }
            }
            '/' if rest.peek() == Some(&'*') => {
                let mut last = ' ';
                for c in rest.by_ref() {
                    current.push(c);
                    if last == '*' && c == '/' {
                        break;
                    }
                    last = c;
                }
            }
            '"' => {
                for c in rest.by_ref() {
                    current.push(c);
                    if c == '"' {
                        break;
                    }
                }
            }
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                // `use i.{a};` and `include w with { … }` go on behind the brace.
                let mut ahead = rest.clone();
                let next = ahead.find(|c| !c.is_whitespace());
                if depth == 0 && next != Some(';') && !code(&current).starts_with("use ") {
                    chunks.push(std::mem::take(&mut current));
                }
            }
            ';' if depth == 0 => chunks.push(std::mem::take(&mut current)),
            _ => {}
        }
    }
    if let (Some(last), false) = (chunks.last_mut(), current.trim().is_empty()) {
        last.push_str(&current);
    }
    chunks
}
