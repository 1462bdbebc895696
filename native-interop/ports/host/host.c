#include "host.h"
void nfh_close(nfh_engine *engine) { (void)engine; }
