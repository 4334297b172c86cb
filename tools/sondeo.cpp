// SPDX-License-Identifier: MIT
// sondeo: `sondeo VERB …` runs its neighbour `sondeo-VERB`.
#include "cli/dispatch.h"

int main(int argc, char** argv) { return sondeo::dispatch(argc, argv); }
