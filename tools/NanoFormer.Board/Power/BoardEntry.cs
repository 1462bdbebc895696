namespace NanoFormer.Board;

/// <summary>A board as power-figures.json writes it: clock, supplies, battery, and the ids of its figures.</summary>
/// <param name="Id">Name for the command line.</param>
/// <param name="Title">Name for reports.</param>
/// <param name="FlashBoard">The board with that chip in nfproj/boards.json, which says what memory a model has beside nanoCLR; null for none.</param>
/// <param name="Core">The emulated core whose instructions and cycles it has: cortex-m4, cortex-m7, xtensa or rv32.</param>
/// <param name="ClockMegahertz">Core clock in MHz.</param>
/// <param name="CyclesPerInstruction">Core cycles per instruction of compiled C, for what has no cycles of its own: nanoCLR, the native path; an estimate.</param>
/// <param name="Volts">Processor supply in V.</param>
/// <param name="SensorVolts">Sensor supply in V.</param>
/// <param name="BatteryMilliampHours">Battery that estimates assume, in mAh.</param>
/// <param name="Run">Figure id while inferring.</param>
/// <param name="LightSleep">Figure id of the light sleep.</param>
/// <param name="DeepSleep">Figure id of the deep sleep.</param>
public sealed record BoardEntry(
    string Id,
    string Title,
    string? FlashBoard,
    string Core,
    double ClockMegahertz,
    double CyclesPerInstruction,
    double Volts,
    double SensorVolts,
    double BatteryMilliampHours,
    string Run,
    string LightSleep,
    string DeepSleep);
