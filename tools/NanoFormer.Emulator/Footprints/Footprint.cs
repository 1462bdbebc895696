using System.Collections.Concurrent;
using System.Diagnostics;
using NanoFormer.Model;

namespace NanoFormer.Emulator.Footprints;

/// <summary>What a firmware links that runs one kind of model: programs that the preset of each core builds for this.</summary>
/// <param name="Core">Core.</param>
/// <param name="Backend">Backend whose kernels it holds.</param>
/// <param name="Operators">Name of a set of operators (<see cref="OperatorSet"/>).</param>
public sealed record Footprint(CoreTarget Core, string Backend, string Operators)
{
    /// <summary>The set that holds every operator.</summary>
    public const string All = "all";

    private static readonly ConcurrentDictionary<Footprint, IReadOnlyDictionary<string, int>> Bounds = new();

    /// <summary>The footprint with the first set that holds these operators.</summary>
    /// <param name="core">Core.</param>
    /// <param name="backend">Backend.</param>
    /// <param name="operators">Operators of the window program; those of a step program are the same.</param>
    /// <param name="streams">Whether the model streams: then their forms for a step are needed, too.</param>
    public static Footprint For(CoreTarget core, string backend, IEnumerable<OperatorKind> operators, bool streams)
    {
        var needed = operators.ToHashSet();
        var set = OperatorSet.Known.First(known => known.Name == All || (known.Streams == streams && needed.IsSubsetOf(known.Kinds)));
        return new Footprint(core, backend, set.Name);
    }

    private string Program => Path.Combine(NativeBuild.Folder, Core.Name, "footprint", $"footprint_{Backend}_{Operators}.elf");

    /// <summary>What it was linked with.</summary>
    /// <exception cref="FileNotFoundException">The core's preset was not built.</exception>
    public LinkerMap Map() => LinkerMap.Read(Program + ".map");

    /// <summary>Flash that code and constants of the engine and the kernels take.</summary>
    public CodeSize CodeSize() => Footprints.CodeSize.Of(Map(), new EngineSources());

    /// <summary>The deepest stack of each function of the engine that this program holds; computed once.</summary>
    /// <exception cref="InvalidOperationException">The core's objdump failed, or a function can call itself.</exception>
    public IReadOnlyDictionary<string, int> StackBounds() => Bounds.GetOrAdd(this, footprint => footprint.ComputeStackBounds());

    private Dictionary<string, int> ComputeStackBounds()
    {
        var sections = Map().Sections;
        var sources = new EngineSources();
        var bound = new StackBound(Disassembly.Read(Disassemble()), OwnerAt);
        return StackBound.EntryPoints.Select(name => (name, Bytes: bound.Of(name))).Where(entry => entry.Bytes is not null)
            .ToDictionary(entry => entry.name, entry => entry.Bytes!.Value, StringComparer.Ordinal);

        CodeOwner OwnerAt(uint address) =>
            sections.FirstOrDefault(section => section.Address <= address && address < section.Address + section.Bytes) is { } section
                ? sources.OwnerOf(section)
                : CodeOwner.Other;
    }

    private string[] Disassemble()
    {
        var start = new ProcessStartInfo(Core.Objdump, ["-d", "--no-show-raw-insn", Program]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException(Core.Objdump);
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text.Split('\n') : throw new InvalidOperationException($"{Core.Objdump} failed on '{Program}'.");
    }
}
