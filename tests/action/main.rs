//! The GitHub Action, the recipes and the hooks, each run by the program that runs such things: `act` and `pre-commit`.
//! Actions of others are stand-ins that leave behind what they are given.

#![cfg(all(feature = "cli", feature = "git", unix))]

mod act;
mod comments;
mod events;
mod hooks;
mod programs;
mod recipes;
#[path = "../support/scratch.rs"]
mod scratch;
mod service;
mod shallow;
