using System.Collections.Concurrent;
using System.Text.Json;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Tests.Commands;

/// <summary>A successful <c>demo</c>: what it printed and its JSON file.</summary>
internal sealed class DemoOutput
{
    private static readonly ConcurrentDictionary<string, Lazy<DemoOutput>> OfCores = new();

    private DemoOutput(string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Succeed(["demo", "--json", folder.PathOf("demo.json"), .. arguments]);
        Summary = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(folder.PathOf("demo.json")));
        Lines = run.Lines;
    }

    /// <summary>The JSON file.</summary>
    public JsonElement Summary { get; }

    /// <summary>Everything printed.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The printed lines that are, or were, log records.</summary>
    public IEnumerable<string> LogLines => Lines.Where(line => line.StartsWith("nf1 ", StringComparison.Ordinal));

    /// <summary>The records of one kind.</summary>
    public IEnumerable<LogLine> Of(string kind) => LogLines.Select(LogLine.Parse).OfType<LogLine>().Where(record => record.Kind == kind);

    /// <summary>The demo of the built-in recording; each core runs it once.</summary>
    public static DemoOutput OfCore(string core) => OfCores.GetOrAdd(core, name => new(() => Run("--core", name))).Value;

    /// <summary>A demo with options.</summary>
    public static DemoOutput Run(params string[] arguments) => new(arguments);

    /// <summary>A number of the JSON file.</summary>
    public double Number(string key) => Summary.GetProperty(key).GetDouble();

    /// <summary>Whether the JSON file says that nobody measured something.</summary>
    public bool IsNull(string key) => Summary.GetProperty(key).ValueKind == JsonValueKind.Null;
}
