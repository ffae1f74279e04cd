//! What a child process costs: wall time from before it is spawned until it is gone, and its peak memory.

use std::io;
use std::process::Command;
use std::time::Instant;

/// One run of a program.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// Milliseconds.
    pub time: f64,
    /// What the system tells of the child; `None` where it tells nothing.
    pub usage: Option<Usage>,
}

/// What a child used.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Milliseconds of all its threads, in the program and in the system.
    pub work: f64,
    /// The most mebibytes that it held at once.
    pub memory: f64,
}

/// Runs a program to its end.
///
/// # Errors
///
/// What cannot be spawned, and what fails.
pub fn run(command: &mut Command) -> io::Result<Run> {
    let start = Instant::now();
    let (succeeded, usage) = wait(command)?;
    let time = start.elapsed().as_secs_f64() * 1e3;
    if succeeded { Ok(Run { time, usage }) } else { Err(io::Error::other(format!("{command:?} failed"))) }
}

/// The peak starts from that of the process that spawns: whoever measures must stay smaller than what it measures.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn wait(command: &mut Command) -> io::Result<(bool, Option<Usage>)> {
    /// The unit of `ru_maxrss` in bytes.
    const UNIT: f64 = if cfg!(target_os = "macos") { 1.0 } else { 1024.0 };
    let child = command.spawn()?;
    let mut status = 0;
    // SAFETY: a `rusage` is plain numbers, for which zero is a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both pointers are valid for the call, and nobody else waits for this child.
    if unsafe { libc::wait4(child.id() as libc::pid_t, &mut status, 0, &mut usage) } < 0 {
        return Err(io::Error::last_os_error());
    }
    let succeeded = libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0;
    let milliseconds = |time: libc::timeval| time.tv_sec as f64 * 1e3 + time.tv_usec as f64 / 1e3;
    let work = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
    Ok((succeeded, Some(Usage { work, memory: usage.ru_maxrss as f64 * UNIT / f64::from(1 << 20) })))
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn wait(command: &mut Command) -> io::Result<(bool, Option<Usage>)> {
    Ok((command.status()?.success(), None))
}

/// Half of all values lie between `low` and `high`, and half of them below `median`.
#[derive(Clone, Copy, Debug)]
pub struct Quartiles {
    pub low: f64,
    pub median: f64,
    pub high: f64,
}

/// The quartiles of some values, interpolated; zero if there are none.
pub fn quartiles(values: impl Iterator<Item = f64>) -> Quartiles {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let Some(last) = values.len().checked_sub(1) else { return 0.0 };
        let place = share * last as f64;
        let (below, above) = (values[place.floor() as usize], values[place.ceil() as usize]);
        below + (above - below) * place.fract()
    };
    Quartiles { low: at(0.25), median: at(0.5), high: at(0.75) }
}
