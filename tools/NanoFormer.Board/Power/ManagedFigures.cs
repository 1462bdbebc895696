namespace NanoFormer.Board;

/// <summary>Turns counts of managed code into instructions of the processor that interprets it; read from managed-figures.json.</summary>
/// <param name="InstructionsPerIlInstruction">Processor instructions per IL instruction.</param>
/// <param name="InstructionsPerCall">Processor instructions per call, beside those of the called method's IL.</param>
/// <param name="InstructionsPerWait">Processor instructions when a waiting thread is entered again.</param>
/// <param name="SizeOptimized">Times as many in nanoCLR as it is shipped, optimised for size, as where these were measured.</param>
/// <param name="Quality">primary, secondary, derived or assumed.</param>
/// <param name="Source">Where the two come from.</param>
/// <param name="Calibration">What they were fitted to.</param>
public sealed record ManagedFigures(
    double InstructionsPerIlInstruction,
    double InstructionsPerCall,
    double InstructionsPerWait,
    double SizeOptimized,
    string Quality,
    string Source,
    IReadOnlyList<ManagedFigures.Group> Calibration)
{
    /// <summary>The shipped figures.</summary>
    public static ManagedFigures Shipped { get; } = EmbeddedData.ReadJson<ManagedFigures>("managed-figures.json");

    /// <summary>Processor instructions of calls and IL instructions; an estimate.</summary>
    public long Instructions(long calls, long ilInstructions) =>
        (long)Math.Round(SizeOptimized * ((calls * InstructionsPerCall) + (ilInstructions * InstructionsPerIlInstruction)));

    /// <summary>Processor instructions of a waiting thread that is entered again; an estimate.</summary>
    public long Wait => (long)Math.Round(SizeOptimized * InstructionsPerWait);

    /// <summary>Methods that were both counted and measured, per window.</summary>
    /// <param name="Name">What they do.</param>
    /// <param name="Calls">Calls counted.</param>
    /// <param name="IlInstructions">IL instructions counted.</param>
    /// <param name="Measured">Processor instructions measured.</param>
    public sealed record Group(string Name, long Calls, long IlInstructions, long Measured);
}
