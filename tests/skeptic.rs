//! Does every `rust` block compile and run as a reader copies it?
//!
//! The blocks are taken from the pages after mdBook has expanded them, so that
//! the copy button and this test see the same text.

use std::env;
use std::panic::{self, AssertUnwindSafe};
use std::process::Command;
use std::sync::mpsc;
use std::thread;

use anyhow::{Context, Result, bail};
use book::check::{Proof, proof};
use book::compile;
use book::memory;
use book::pages::{Block, Book};
use book::run;
use book::shelf::Shelf;
use libtest_mimic::{Arguments, Trial};
use skeptic::rt;

fn main() -> Result<()> {
    let Shelf {
        workspace, build, ..
    } = Shelf::of_the_book(false)?;
    let book = Book::load(&workspace.root)?;
    let compilers = (compile::compiler()?, include_str!("page-rustc.rs"));
    let by = (compilers, build.stamps()?);
    let checked = build.profile_dir.join("checked-blocks");
    // SAFETY: no other thread has been started yet.
    unsafe {
        // Skeptic takes its compiler from here.
        env::set_var("RUSTC", env!("CARGO_BIN_EXE_page-rustc"));
        env::set_var("RUST_BACKTRACE", "0");
        if has_inline_programs(&book) {
            // Only these are run. With a second job, one could be started while
            // the other job's child process still holds it open for writing:
            // `Text file busy`.
            env::set_var("SKEPTIC_JOBS", "1");
        }
    }
    let arguments = Arguments::from_args();
    let out_dir = out_dir()?;
    let target = host_triple()?;
    let mut trials = Vec::new();
    for page in &book.pages {
        for block in page.blocks.iter().filter(|block| block.is_rust()) {
            // What `outputs` runs is only compiled here. A part of a program,
            // which `pages` refuses, is run as inline code is.
            let only_checked = match proof(workspace, block) {
                // `broken` compiles it and compares what rustc says.
                Some(Proof::Broken(_)) => continue,
                // Cargo compiles it, with the tests of the exercise.
                Some(Proof::File) => continue,
                // Needs crates that are not built unless one asks for them;
                // `outputs` does.
                Some(Proof::Program(of)) if !of.features.is_empty() => continue,
                Some(Proof::Program(_)) => true,
                Some(Proof::Inline) | None => false,
            };
            let code = block.program();
            let name = format!("{} {}", page.at(block.line), shows(block));
            let done = memory::file(&checked, "block", &(&code, &by));
            let (out_dir, target) = (out_dir.clone(), target.clone());
            trials.push(Trial::test(name.clone(), move || {
                let root = env!("CARGO_MANIFEST_DIR");
                Ok(match only_checked {
                    true => memory::unless_done(&done, || {
                        passes(&name, move || {
                            rt::compile_test(root, &out_dir, &target, &code);
                        })
                    }),
                    false => passes(&name, move || {
                        rt::run_test(root, &out_dir, &target, &code);
                    }),
                }?)
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit()
}

/// A test of skeptic's does not panic, and ends.
fn passes(name: &str, test: impl FnOnce() + Send + 'static) -> Result<()> {
    let (ended, limit) = mpsc::channel();
    thread::spawn(move || {
        let outcome = panic::catch_unwind(AssertUnwindSafe(test));
        ended.send(outcome.is_ok())
    });
    match limit.recv_timeout(run::LIMIT) {
        Ok(true) => Ok(()),
        Ok(false) => bail!(
            "{name}: the block does not compile, or fails when it runs; the \
             reason is printed above"
        ),
        Err(_) => {
            bail!("{name}: the block does not end within {:?}", run::LIMIT)
        }
    }
}

/// The name of the file that a block shows.
fn shows(block: &Block) -> String {
    let source = block.source.as_ref().and_then(|s| s.path.file_stem());
    source.map_or("inline".into(), |stem| stem.to_string_lossy().into())
}

fn has_inline_programs(book: &Book) -> bool {
    book.pages
        .iter()
        .flat_map(|page| &page.blocks)
        .any(|block| block.is_rust() && block.source.is_none())
}

/// A folder that lies where a build script's `OUT_DIR` would. Skeptic looks
/// for the compiled crates in the profile folder above it.
fn out_dir() -> Result<String> {
    let program = env::current_exe()?;
    let profile = program
        .ancestors()
        .nth(2)
        .context("the test does not run from target/debug/deps")?;
    let out_dir = profile.join("build").join("pages").join("out");
    Ok(out_dir
        .to_str()
        .context("the path is not UTF-8")?
        .to_owned())
}

fn host_triple() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output()?;
    let text = String::from_utf8(output.stdout)?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc -vV names no host")?.to_owned())
}
