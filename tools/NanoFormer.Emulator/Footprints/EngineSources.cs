namespace NanoFormer.Emulator.Footprints;

/// <summary>Which source files make up which part of the engine, from the folders they lie in.</summary>
public sealed class EngineSources
{
    private const string OperatorLoop = "execute";
    private const string ComposedAttention = "composed_attention";

    private readonly HashSet<string> _engine;
    private readonly HashSet<string> _kinds;

    /// <summary>Reads the folders of native-interop in this repository.</summary>
    public EngineSources()
    {
        string folder = Path.Combine(NativeBuild.RepositoryRoot() ?? "", "native-interop", "engine");
        _engine = Names(folder);
        _kinds = Names(Path.Combine(folder, "kinds"));
    }

    /// <summary>To which part a piece of a program belongs.</summary>
    public CodeOwner OwnerOf(LinkedSection section) => section.EngineObject switch
    {
        null => CodeOwner.Other,
        OperatorLoop => CodeOwner.OperatorLoop,
        ComposedAttention => CodeOwner.ComposedAttention,
        var name when _kinds.Contains(name) => CodeOwner.Kind,
        var name when _engine.Contains(name) => CodeOwner.Engine,
        _ => CodeOwner.Kernel,
    };

    private static HashSet<string> Names(string folder) =>
        Directory.GetFiles(folder, "*.c").Select(Path.GetFileNameWithoutExtension).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
