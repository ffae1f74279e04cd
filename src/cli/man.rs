//! `wit-diff man DIR`.

use super::Cli;
use super::flags::usage;
use clap::{Arg, Args, Command, CommandFactory};
use clap_mangen::Man as Page;
use clap_mangen::roff::{Roff, bold, roman};
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// Write the manual pages, one for each command, for those who package the program
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wit-diff man target/man

Exit codes: 0 done, 2 wrong usage, or a page that cannot be written.")]
pub struct Man {
    /// The directory, which is made where there is none
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

impl Man {
    pub fn run(self) -> ExitCode {
        match self.write() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => usage(&format!("cannot write manual pages to `{}`: {error}", self.directory.display())),
        }
    }

    fn write(&self) -> io::Result<()> {
        fs::create_dir_all(&self.directory)?;
        let mut command = Cli::command().disable_help_subcommand(true);
        command.build();
        let commands = command.get_subcommands().filter(|command| !command.is_hide_set());
        for command in commands.chain([&command]) {
            let name = command.get_display_name().unwrap_or_else(|| command.get_name());
            fs::write(self.directory.join(format!("{name}.1")), page(command, name)?)?;
        }
        Ok(())
    }
}

fn page(command: &Command, name: &str) -> io::Result<Vec<u8>> {
    let page = Page::new(command.clone().mut_args(in_full));
    let title = name.to_uppercase().replace('-', "\\-");
    let mut text = format!(".TH {title} 1 \"\" \"wit\\-diff {}\"\n", env!("CARGO_PKG_VERSION")).into_bytes();
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    if command.get_subcommands().any(|command| !command.is_hide_set()) {
        page.render_subcommands_section(&mut text)?;
    }
    if let Some(rest) = command.get_after_long_help().or(command.get_after_help()) {
        text.extend_from_slice(rest_of_page(&rest.to_string()).to_roff().as_bytes());
    }
    Ok(text)
}

/// A manual page has room for what the short help leaves out.
fn in_full(argument: Arg) -> Arg {
    match (argument.get_long_help(), argument.get_help().cloned()) {
        (None, Some(help)) => argument.long_help(help),
        _ => argument,
    }
}

/// What stands behind the flags, in sections of its own.
fn rest_of_page(text: &str) -> Roff {
    let mut roff = Roff::new();
    for paragraph in text.split("\n\n") {
        if let Some(codes) = paragraph.strip_prefix("Exit codes: ") {
            roff.control("SH", ["EXIT STATUS"]);
            codes.lines().for_each(|line| _ = roff.text([roman(line)]));
            continue;
        }
        let is_list = paragraph.lines().skip(1).any(|line| line.starts_with(' '));
        let mut lines = paragraph.lines();
        if let Some(heading) = paragraph.split_once(":\n").map(|(heading, _)| heading).filter(|_| is_list) {
            roff.control("SH", [heading.to_uppercase().as_str()]);
            lines.next();
        } else {
            roff.control("PP", []);
        }
        for (at, line) in lines.enumerate() {
            if at > 0 {
                roff.control("br", []);
            }
            let line = line.trim_start();
            roff.text([if is_list { bold(line) } else { roman(line) }]);
        }
    }
    roff
}
