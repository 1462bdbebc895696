namespace NanoFormer.Flash;

/// <summary>What is to be flashed onto which board.</summary>
/// <param name="Board">The board.</param>
/// <param name="Layout">Its size of flash.</param>
/// <param name="Table">How the flash is divided.</param>
/// <param name="Strategy">Where the model lives.</param>
/// <param name="Model">The model.</param>
/// <param name="Application">The deployment image.</param>
/// <param name="Firmware">nanoCLR.bin with the engine; null when the board has it already.</param>
/// <param name="Port">Serial port of the board; null when it has none or only the plan is wanted.</param>
public sealed record FlashRequest(
    Board Board,
    BoardLayout Layout,
    PartitionTable Table,
    ModelStrategy Strategy,
    ModelToFlash Model,
    FlashFile Application,
    FlashFile? Firmware,
    string? Port);
