//! The machine that a measurement or a recording by the clock comes from.

use std::env::consts::ARCH;
use std::fs;
use std::process::Command;
use std::thread;

use anyhow::{Context, Result};

/// This machine and this day, as a caption names them.
///
/// # Errors
///
/// Where `/proc` does not tell: on anything but Linux.
pub fn describe() -> Result<String> {
    let read = |file: &str| {
        fs::read_to_string(file).with_context(|| {
            format!("{file}: a recording by the clock names its machine, which can be asked on Linux only")
        })
    };
    let cpu = read("/proc/cpuinfo")?;
    let value = |key: &str| {
        let line = cpu.lines().find(|line| line.starts_with(key))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let processor = value("model name")
        .unwrap_or_else(|| format!("an {ARCH} processor"))
        .replace("(R)", "")
        .replace("(TM)", "");
    let release = read("/proc/sys/kernel/osrelease")?;
    let release = release.trim().split('-').next().unwrap_or_default();
    let cores = thread::available_parallelism()?;
    let rustc = said_by("rustc", &["--version"])?;
    let rustc = rustc.split(' ').nth(1).unwrap_or_default();
    let date = said_by("date", &["-u", "+%Y-%m-%d"])?;
    Ok(format!(
        "{processor}, {cores} cores, Linux {release}, rustc {rustc}, {date}"
    ))
}

fn said_by(program: &str, args: &[&str]) -> Result<String> {
    let output = Command::new(program)
        .args(args)
        .output()
        .with_context(|| format!("cannot run {program}"))?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
