//! The format `github`.

use super::fixture;
