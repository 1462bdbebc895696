using System.Text.RegularExpressions;

namespace NanoFormer.Interchange;

/// <summary>The C engine's files, and those of them that a model needs: operators that it has, with kernels in portable C.</summary>
internal static partial class EngineSources
{
    /// <summary>The file that says which kernels a build has.</summary>
    public const string Table = "kernels/portable/table.c";

    private const string Prefix = "engine-sources/";
    private const string Include = "include/";
    private const string Declarations = Include + "nanoformer/kernels.h";
    private const string AllKinds = "engine/kinds/all.c";

    private static readonly Lazy<Dictionary<string, string>> All = new(Read);

    /// <summary>The licence of all of them.</summary>
    public static string License => All.Value["LICENSE"];

    /// <summary>Paths, as they are to be below one folder that is the only one to look for headers in, with the files' text.</summary>
    /// <param name="kinds">Names of the kinds of operators, such as <c>linear</c>.</param>
    /// <param name="streams">Whether streams are run, too.</param>
    public static IReadOnlyDictionary<string, string> For(IReadOnlyList<string> kinds, bool streams)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { Table };
        var open = new Queue<string>(All.Value.Keys.Where(path => EngineFile().IsMatch(path)));
        open.Enqueue(Table);
        foreach (string name in kinds.SelectMany(kind => streams ? [$"nf_kind_{kind}", $"nf_kind_{kind}_step"] : new[] { $"nf_kind_{kind}" })
            .Concat(Kernels(kinds)).Concat(streams ? ["nf_portable_linear_one_s8", "nf_portable_attention_one_s8"] : []))
        {
            Add(Definition(name));
        }

        while (open.TryDequeue(out string? path))
        {
            found.Add(path);
            string text = All.Value[path];
            foreach (Match include in IncludeLine().Matches(text))
            {
                Add(Included(path, include.Groups[1].Value));
            }

            // Declarations name what is not needed; code calls.
            if (path != Table && (path.EndsWith(".c", StringComparison.Ordinal) || text.Contains("static inline", StringComparison.Ordinal)))
            {
                foreach (Match name in Name().Matches(text))
                {
                    Add(Definition(name.Value));
                }
            }
        }

        return found.ToDictionary(path => path.StartsWith(Include, StringComparison.Ordinal) ? path[Include.Length..] : path, path => All.Value[path]);

        void Add(string? path)
        {
            if (path is not null and not AllKinds && !found.Contains(path))
            {
                found.Add(path);
                open.Enqueue(path);
            }
        }
    }

    /// <summary>The kernels that kinds of operators call, as kernels.h tells, by the names of the portable functions or, without one, the scalar.</summary>
    private static IEnumerable<string> Kernels(IReadOnlyList<string> kinds) =>
        OperatorRow().Matches(All.Value[Declarations]).Where(row => kinds.Contains(row.Groups[1].Value))
            .SelectMany(row => Call().Matches(row.Groups[2].Value)).Select(call => call.Groups[1].Value).Distinct()
            .Select(kernel => Definition($"nf_portable_{kernel}") is null ? $"nf_scalar_{kernel}" : $"nf_portable_{kernel}");

    /// <summary>The file that defines a function or a constant; null where there is none.</summary>
    private static string? Definition(string name) => Definitions.Value.GetValueOrDefault(name);

    private static readonly Lazy<Dictionary<string, string>> Definitions = new(() => All.Value
        .Where(file => file.Key.EndsWith(".c", StringComparison.Ordinal))
        .SelectMany(file => DefinitionLine().Matches(file.Value).Select(match => (Name: match.Groups[1].Value, file.Key)))
        .DistinctBy(pair => pair.Name).ToDictionary(pair => pair.Name, pair => pair.Key, StringComparer.Ordinal));

    private static string? Included(string from, string name)
    {
        string beside = Path.GetFullPath("/" + Path.GetDirectoryName(from) + "/" + name).Replace('\\', '/').TrimStart('/');
        return new[] { beside, Include + name }.FirstOrDefault(All.Value.ContainsKey);
    }

    private static Dictionary<string, string> Read()
    {
        var assembly = typeof(EngineSources).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(
            name => name[Prefix.Length..].Replace('\\', '/'),
            name =>
            {
                using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return text.ReadToEnd().ReplaceLineEndings("\n");
            });
    }

    [GeneratedRegex("^engine/[a-z0-9_]+\\.c$")]
    private static partial Regex EngineFile();

    [GeneratedRegex("^#include \"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex IncludeLine();

    [GeneratedRegex("\\bnf_[a-z0-9_]+\\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?!static|typedef|extern)\w[^;={}()#]*?\b(nf_[a-z0-9_]+)(?:\([^;{}]*\)\n\{|(?:\[[^\]]*\])? = )", RegexOptions.Multiline)]
    private static partial Regex DefinitionLine();

    [GeneratedRegex(@"OPERATOR\(\d+, [A-Z0-9_]+, ([a-z0-9_]+), [A-Z]+,((?:[^()]|\([a-z0-9_]*\))*)\)")]
    private static partial Regex OperatorRow();

    [GeneratedRegex(@"NF_CALL\(([a-z0-9_]+)\)")]
    private static partial Regex Call();
}
