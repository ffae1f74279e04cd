//! What counts, and who set it, in a table.

use super::TextOptions;
use super::page::{BOLD, DIM, Page};
use crate::report::config::{ConfigReport, SettingReport};
use crate::report::escape::clean;
use crate::report::table::Table;

/// The settings as text.
pub fn config_to_text(report: &ConfigReport, options: &TextOptions) -> String {
    let mut page = Page::empty(options);
    page.settings(&report.settings);
    for package in &report.packages {
        page.gap();
        let name = page.styled(BOLD, &clean(&package.name));
        page.wrapped("", "  ", &format!("{name}:"));
        page.settings(&package.settings);
    }
    page.gap();
    let file = match &report.file {
        Some(file) => format!("the configuration file is {}", clean(file)),
        None => "there is no wit-diff.toml in what is judged, or above".to_owned(),
    };
    page.wrapped("", "  ", &file);
    page.out
}

fn row(setting: &SettingReport) -> Vec<String> {
    vec![setting.key.clone(), value(setting), clean(&setting.from)]
}

fn value(setting: &SettingReport) -> String {
    if setting.value.is_empty() { "-".into() } else { clean(&setting.value.join(", ")) }
}

impl Page {
    fn settings(&mut self, settings: &[SettingReport]) {
        let table = Table { header: vec!["key", "value", "from"], rows: settings.iter().map(row).collect() };
        match self.drawn(&table, |_, column| Some(DIM).filter(|_| column == "from")) {
            Some(table) => self.out.push_str(&table),
            None => settings.iter().for_each(|setting| self.setting(setting)),
        }
    }

    /// A setting where there is no room for columns.
    fn setting(&mut self, setting: &SettingReport) {
        let key = self.styled(BOLD, &setting.key);
        self.wrapped("", "  ", &format!("{key}: {} ({})", value(setting), clean(&setting.from)));
    }
}
