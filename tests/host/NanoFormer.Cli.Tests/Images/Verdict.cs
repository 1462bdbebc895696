using NanoFormer.Emulator;
using NanoFormer.Interop;
using NanoFormer.Model;

namespace NanoFormer.Cli.Tests.Images;

/// <summary>What a reader says of an image: <see cref="Accepted"/>, or the name of its error.</summary>
internal static class Verdict
{
    public const string Accepted = "OK";
    public const string BadTable = "BAD_TABLE";

    /// <summary>Errors of the checks that come with an operator's constants or after them.</summary>
    private static readonly string[] LaterThanTables = [Accepted, BadTable, "BAD_OPERATOR", "UNSUPPORTED_OPERATOR", "BAD_PLAN"];

    /// <summary>The C engine's.</summary>
    public static string OfEngine(byte[] image)
    {
        try
        {
            using var engine = new HostEngine(image);
            return Accepted;
        }
        catch (TransformerException refusal)
        {
            return refusal.StatusName;
        }
    }

    /// <summary>The C# reader's.</summary>
    public static string OfReader(byte[] image)
    {
        try
        {
            ImageReader.Read(image);
            return Accepted;
        }
        catch (ModelImageException refusal)
        {
            return refusal.StatusName;
        }
    }

    /// <summary>Whether the two agree, except about a table that is in range but not that of its scale: only the C# reader looks.</summary>
    public static bool Agree(string engine, string reader, byte[] original, byte[] damaged) =>
        engine == reader
        || (reader == BadTable && LaterThanTables.Contains(engine) && SoftmaxTables.Differ(original, damaged));

    /// <summary>The outputs of both for a window, as text.</summary>
    public static (string Engine, string Reference) Outputs(byte[] image, Func<WindowTensor, short[]> windowOf)
    {
        using var engine = new HostEngine(image);
        using var reference = new ReferenceEngine(image);
        short[] window = windowOf(ImageReader.Read(image).Graph.Window);
        return (Run(engine, window), Run(reference, window));
    }

    private static string Run(ITransformerEngine engine, short[] window)
    {
        sbyte[] output = new sbyte[engine.Info.OutputCount];
        InputWindows.Run(engine, window, output);
        return string.Join(' ', output);
    }
}
