//! The machine that a measurement or a recording by the clock comes from.

use std::env::consts::ARCH;
use std::fs;
use std::process::Command;
use std::thread;

use crate::measurement::Measurement;
use anyhow::{Context, Result};

/// This machine, now, for what `command` measures: a measurement that lacks what
/// is printed.
///
/// # Errors
///
/// Where `/proc` does not tell: on anything but Linux.
pub fn circumstances(command: String) -> Result<Measurement> {
    let read = |file: &str| {
        fs::read_to_string(file).with_context(|| {
            format!(
                "{file}: a measurement names its machine, which can be asked \
                 on Linux only; elsewhere, see the numbers with `{command}`"
            )
        })
    };
    let cpu = read("/proc/cpuinfo")?;
    let value = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.starts_with(key))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let processor = value(&cpu, "model name")
        .unwrap_or_else(|| format!("an {ARCH} processor"))
        .replace("(R)", "")
        .replace("(TM)", "");
    let kib: f64 = value(&read("/proc/meminfo")?, "MemTotal")
        .and_then(|total| total.split(' ').next()?.parse().ok())
        .context("/proc/meminfo has no MemTotal")?;
    let release = read("/proc/sys/kernel/osrelease")?;
    // What follows the version names a build of it.
    let release = release.trim().split('-').next().unwrap_or_default();
    let virtual_machine = value(&cpu, "flags")
        .is_some_and(|f| f.split(' ').any(|f| f == "hypervisor"));
    let within = if virtual_machine {
        " in a virtual machine"
    } else {
        ""
    };
    let rustc = said_by("rustc", &["--version"])?;
    let rustc = rustc.split(' ').nth(1).unwrap_or_default();
    Ok(Measurement {
        date: said_by("date", &["-u", "+%Y-%m-%d"])?.parse()?,
        processor,
        cores: thread::available_parallelism()?.get(),
        memory: format!("{:.0} GiB", kib / 1024.0 / 1024.0),
        system: format!("Linux {release}{within}"),
        rustc: rustc.to_owned(),
        command,
        printed: String::new(),
        before: 0,
    })
}

fn said_by(program: &str, args: &[&str]) -> Result<String> {
    let output = Command::new(program)
        .args(args)
        .output()
        .with_context(|| format!("cannot run {program}"))?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// This machine and this day, in a line.
///
/// # Errors
///
/// As [`circumstances`].
pub fn describe(command: String) -> Result<String> {
    let c = circumstances(command)?;
    Ok(format!(
        "{}, {} cores, {}, rustc {}, {}",
        c.processor, c.cores, c.system, c.rustc, c.date
    ))
}
