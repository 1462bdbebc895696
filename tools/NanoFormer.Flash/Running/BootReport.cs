namespace NanoFormer.Flash;

/// <summary>What a board says at its start: the head and boot records of firmware/LOG-FORMAT.md.</summary>
/// <param name="Firmware">Name and version of the application.</param>
/// <param name="Model">Name of its model.</param>
/// <param name="ModelCrc32">The model's checksum, 8 hexadecimal digits.</param>
/// <param name="SelfTest"><c>ok</c>, <c>skipped</c>, or the engine's error.</param>
/// <param name="Sensor"><c>genuine</c>, <c>clone</c>, <c>unknown</c> or <c>none</c>.</param>
/// <param name="Device">Tells the board from others; null when it has no id.</param>
/// <param name="Clr">Version of nanoCLR; null when the application does not tell.</param>
/// <param name="Engine">Version of the native engine that the application was built for; null when it does not tell.</param>
public sealed record BootReport(
    string Firmware,
    string Model,
    string ModelCrc32,
    string SelfTest,
    string Sensor,
    string? Device,
    string? Clr,
    string? Engine)
{
    /// <summary>Signs that something older than what was written runs.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
