using System.Text.RegularExpressions;

namespace NanoFormer.Monitor.Sources;

/// <summary>What a user may name as a source, and what it becomes.</summary>
public static partial class SourceList
{
    /// <summary>Files of a folder that are read as logs.</summary>
    public static readonly string[] LogExtensions = [".log", ".txt", ".cap", ".nf1"];

    /// <summary>The sources that words name.</summary>
    /// <param name="words">Ports, files, folders, <c>-</c>, <c>tcp://HOST:PORT</c>; none for the newest port.</param>
    /// <param name="baudRate">For ports.</param>
    /// <param name="speed">For files: null to read them at once, else the pace of a replay.</param>
    /// <exception cref="IOException">A word names nothing.</exception>
    public static IReadOnlyList<ISource> Of(IReadOnlyList<string> words, int baudRate, double? speed) =>
        words.Count == 0 ? [new SerialSource(null, baudRate)] : [.. words.SelectMany(word => Of(word, baudRate, speed))];

    private static IEnumerable<ISource> Of(string word, int baudRate, double? speed)
    {
        if (word == "-")
        {
            return [new StreamSource("standard input", Console.OpenStandardInput)];
        }

        if (word.StartsWith("tcp://", StringComparison.OrdinalIgnoreCase))
        {
            return Uri.TryCreate(word, UriKind.Absolute, out var uri) && uri.Port > 0
                ? [new TcpSource(uri.Host, uri.Port)]
                : throw new IOException($"{word}: a TCP source is written as tcp://HOST:PORT, such as tcp://192.168.1.7:23.");
        }

        if (Directory.Exists(word))
        {
            string[] files = [.. Directory.GetFiles(word, "*", SearchOption.AllDirectories)
                .Where(file => LogExtensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
            return files.Length > 0
                ? files.Select(file => OfFile(file, speed))
                : throw new IOException($"{word}: holds no file that ends with {string.Join(", ", LogExtensions)}.");
        }

        if (IsPort(word))
        {
            return [new SerialSource(word, baudRate)];
        }

        return File.Exists(word)
            ? [OfFile(word, speed)]
            : throw new IOException($"{word}: there is no such file, folder or port. Ports: {Ports()}.");
    }

    private static ISource OfFile(string path, double? speed) =>
        speed is { } pace ? new ReplaySource(path, pace) : StreamSource.OfFile(path);

    private static bool IsPort(string word) => PortName().IsMatch(word)
        || (!OperatingSystem.IsWindows() && new FileInfo(word).LinkTarget is not null && File.ResolveLinkTarget(word, true)?.FullName.StartsWith("/dev/", StringComparison.Ordinal) == true);

    private static string Ports() => SerialPorts.All() is { Count: > 0 } all ? string.Join(", ", all.Select(port => port.Id ?? port.Port)) : "none";

    [GeneratedRegex(@"^(COM\d+|/dev/.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex PortName();
}
