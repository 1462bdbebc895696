namespace NanoFormer.Emulator.Footprints;

/// <summary>Bytes of flash that a program spends on the engine, its kernels and what the compiler adds for them.</summary>
/// <param name="Engine">Reader, validator and executor.</param>
/// <param name="Kernels">Kernels and their table.</param>
/// <param name="Compiler">Helpers from the compiler's and the C library, such as the copying of structures.</param>
public sealed record CodeSize(int Engine, int Kernels, int Compiler)
{
    private const string KernelTable = "footprint_kernels";
    private const string Library = ".a(";

    /// <summary>All of it.</summary>
    public int Total => Engine + Kernels + Compiler;

    /// <summary>Adds up what a map file says. The port's own code (start, serial line) is left out.</summary>
    public static CodeSize Of(LinkerMap map, EngineSources sources)
    {
        var bytes = map.Sections.ToLookup(section => PartOf(section, sources), section => section.Bytes);
        return new CodeSize(bytes[nameof(Engine)].Sum(), bytes[nameof(Kernels)].Sum(), bytes[nameof(Compiler)].Sum());
    }

    private static string PartOf(LinkedSection section, EngineSources sources) => sources.OwnerOf(section) switch
    {
        CodeOwner.Engine or CodeOwner.OperatorLoop or CodeOwner.Kind => nameof(Engine),
        CodeOwner.Kernel or CodeOwner.ComposedAttention => nameof(Kernels),
        _ when section.Origin.Contains(KernelTable, StringComparison.Ordinal) => nameof(Kernels),
        _ => section.Origin.Contains(Library, StringComparison.Ordinal) ? nameof(Compiler) : "",
    };
}
