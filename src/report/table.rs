//! Columns of text, laid out to the width of a page.

use super::columns;
use comfy_table::{ColumnConstraint, ContentArrangement, TableStyle, Width};

/// Between two columns.
const GAP: usize = 2;

/// Rows of cells under a header; what is in a cell breaks at blanks only.
pub(super) struct Table {
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

/// The lines of a table, the header first, and the columns of the page that its columns start at.
pub(super) struct Laid {
    pub starts: Vec<usize>,
    pub lines: Vec<String>,
}

impl Table {
    /// The table without a column.
    pub fn without(&self, name: &str) -> Table {
        let is_kept: Vec<bool> = self.header.iter().map(|&header| header != name).collect();
        let kept =
            |row: &Vec<String>| row.iter().zip(&is_kept).filter(|(_, kept)| **kept).map(|(c, _)| c.clone()).collect();
        Table {
            header: self.header.iter().copied().filter(|&header| header != name).collect(),
            rows: self.rows.iter().map(kept).collect(),
        }
    }

    /// The table with long words in some columns on two lines: they end at a hyphen.
    pub fn folded(&self, names: &[&str]) -> Table {
        let is_named: Vec<bool> = self.header.iter().map(|header| names.contains(header)).collect();
        let cell = |(cell, is_named): (&String, &bool)| if *is_named { folded(cell) } else { cell.clone() };
        let rows = self.rows.iter().map(|row| row.iter().zip(&is_named).map(cell).collect());
        Table { header: self.header.clone(), rows: rows.collect() }
    }

    /// The columns that the widest word of each takes, with what is between them.
    pub fn least_width(&self) -> usize {
        self.columns(widest_word)
    }

    /// The columns that it takes where nothing is broken.
    pub fn full_width(&self) -> usize {
        self.columns(columns::width)
    }

    fn columns(&self, measure: impl Fn(&str) -> usize) -> usize {
        let widths = (0..self.header.len()).map(|at| self.column(at, &measure));
        widths.sum::<usize>() + GAP * self.header.len().saturating_sub(1)
    }

    fn column(&self, at: usize, measure: impl Fn(&str) -> usize) -> usize {
        let header = self.header.get(at).map_or(0, |header| columns::width(header));
        let cells = self.rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| measure(cell)).max().unwrap_or_default().max(header)
    }

    /// The lines, none wider than the page; `None` where that takes breaking words.
    pub fn laid_out(&self, width: usize) -> Option<Laid> {
        if self.least_width() > width {
            return None;
        }
        let mut table = comfy_table::Table::new();
        table.load_style(TableStyle::new()).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(width).ok()?).set_header(self.header.clone());
        for row in &self.rows {
            table.add_row(row);
        }
        let last = self.header.len().saturating_sub(1);
        for (at, column) in table.column_iter_mut().enumerate() {
            let gap = if at == last { 0 } else { GAP };
            let word = self.column(at, widest_word);
            column.set_padding((0, u16::try_from(gap).ok()?));
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(u16::try_from(word + gap).ok()?)));
        }
        let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_string()).collect();
        // Joined characters are measured by the table as one.
        if lines.iter().any(|line| columns::width(line) > width) {
            return None;
        }
        let mut starts = Vec::new();
        let (mut rest, mut at) = (lines.first()?.as_str(), 0);
        for header in &self.header {
            let found = rest.find(header)?;
            starts.push(at + found);
            at += found + header.len();
            rest = &rest[found + header.len()..];
        }
        Some(Laid { starts, lines })
    }
}

fn widest_word(cell: &str) -> usize {
    cell.split([' ', '\n']).map(columns::width).max().unwrap_or_default()
}

/// A word broken behind the hyphen that is nearest to its middle.
fn folded(word: &str) -> String {
    const SHORT: usize = 12;
    let middle = word.len() / 2;
    let hyphen = word.match_indices('-').map(|(at, _)| at + 1).min_by_key(|at| at.abs_diff(middle));
    match hyphen.and_then(|at| word.split_at_checked(at)) {
        Some((one, other)) if word.len() > SHORT && !other.is_empty() => format!("{one}\n{other}"),
        _ => word.to_owned(),
    }
}
