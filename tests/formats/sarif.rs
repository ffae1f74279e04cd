//! The format `sarif`.

use super::fixture;
