using NanoFormer.Model;

namespace NanoFormer.Emulator.Footprints;

/// <summary>The operators of a footprint program, a line of native-interop/ports/qemu/footprint/sets.txt.</summary>
/// <param name="Name">Name, such as <c>classifier</c>.</param>
/// <param name="Kinds">What it holds.</param>
/// <param name="Streams">Whether it holds their forms for a step of a stream, too.</param>
public sealed record OperatorSet(string Name, IReadOnlySet<OperatorKind> Kinds, bool Streams)
{
    private const string StreamsMark = "STREAMS";
    private const string AllMark = "ALL";

    private static readonly Lazy<IReadOnlyList<OperatorSet>> Read = new(() => [.. File.ReadLines(SetsFile).Where(IsSet).Select(Parse)]);

    /// <summary>The sets that programs are built for, in the order of the file.</summary>
    /// <exception cref="IOException">The program runs outside the repository.</exception>
    public static IReadOnlyList<OperatorSet> Known => Read.Value;

    private static string SetsFile =>
        Path.Combine(NativeBuild.RepositoryRoot() ?? "", "native-interop", "ports", "qemu", "footprint", "sets.txt");

    private static bool IsSet(string line) => line.Length > 0 && char.IsAsciiLetterLower(line[0]);

    private static OperatorSet Parse(string line)
    {
        var (name, words) = line.Split(": ") is [var before, var behind] ? (before, behind.Split(' ')) : throw new FormatException(line);
        var kinds = words.Contains(AllMark) ? Enum.GetValues<OperatorKind>() : words.Where(word => word != StreamsMark).Select(Kind);
        return new OperatorSet(name, kinds.ToHashSet(), words.Contains(StreamsMark));
    }

    /// <summary>The engine writes <c>depthwise_conv1d</c>.</summary>
    private static OperatorKind Kind(string name) =>
        Enum.Parse<OperatorKind>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
