using NanoFormer.Emulator.Footprints;
using NanoFormer.Model;

namespace NanoFormer.Emulator.Tests;

/// <summary>What the linked programs of every core hold: no heap, no software floating point, a bounded stack.</summary>
public sealed class FootprintTests
{
    // Of a bound that adds up the frames of every path, taken or not. Blocked C holds many sums, Xtensa's
    // compiler keeps little in registers, and on a Cortex-M55 dsp is only there to be compared.
    private const int StackLimit = 1040;
    private const int WiderStackLimit = 1240;

    private static readonly string[] Forbidden = ["malloc", "calloc", "realloc", "_sbrk", "free.o", "printf"];

    // What a struct cleared or copied as a whole links. Xtensa's compiler calls them in loops too.
    private static readonly string[] BlockCalls = ["memset", "memcpy"];

    // libgcc's software floating point: Arm's hand-written members, and the generic ones that RISC-V takes.
    private static readonly string[] SoftFloat =
        ["addsubdf3", "addsubsf3", "muldivdf3", "muldivsf3", "fixdf", "fixsf", "floatsi", "floatun", "adddf3", "addsf3", "muldf3", "mulsf3", "divdf3", "divsf3", "truncdf", "extendsf"];

    public static TheoryData<string, string> Programs =>
        [.. CoreTarget.All.SelectMany(core => Backends(core).Select(backend => (core.Name, backend)))];

    [Theory]
    [MemberData(nameof(Programs))]
    public void No_heap_and_no_software_floating_point_are_linked(string core, string backend)
    {
        var sections = Built(core, backend).Map().Sections;
        string[] forbidden = [.. Forbidden, .. SoftFloat, .. core == "xtensa" ? [] : BlockCalls];

        Assert.Contains(sections, section => section.EngineObject == "session");
        Assert.DoesNotContain(sections, section => forbidden.Any(name => section.Origin.Contains(name, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_entry_point_has_a_bounded_stack(string core, string backend)
    {
        var bounds = Built(core, backend).StackBounds();

        bool isWide = backend == "portable" || core == CoreTarget.Xtensa.Name || (core, backend) == (CoreTarget.CortexM55.Name, "dsp");
        int limit = isWide ? WiderStackLimit : StackLimit;
        Assert.Equal(StackBound.EntryPoints.ToHashSet(), bounds.Keys.ToHashSet());
        Assert.All(bounds, bound => Assert.InRange(bound.Value, 0, limit)); // a leaf of RISC-V may need none
        Assert.InRange(bounds["nf_session_run"], 256, limit);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_holds_the_kinds_of_its_set_and_no_others(string core, string backend)
    {
        foreach (var set in OperatorSet.Known)
        {
            var footprint = Built(core, backend) with { Operators = set.Name };
            var sources = new EngineSources();
            var kinds = footprint.Map().Sections.Where(section => sources.OwnerOf(section) == CodeOwner.Kind)
                .Select(section => section.EngineObject!);

            Assert.Equal(set.Kinds.SelectMany(kind => ObjectsOf(kind, set.Streams)).ToHashSet(), kinds.ToHashSet());
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_model_that_streams_needs_less_than_everything_and_has_its_step_measured(string core, string backend)
    {
        var graph = BenchmarkModels.HarTinyCausal.Graph;
        var footprint = Footprint.For(CoreTargets.Require(core), backend, graph.Operators.Select(step => step.Kind), streams: true);

        Assert.NotNull(graph.Step);
        Assert.Equal(graph.Operators.Select(step => step.Kind), graph.Step.Operators.Select(step => step.Kind));
        Assert.Equal("stream", footprint.Operators);
        Assert.Equal(StackBound.EntryPoints.ToHashSet(), footprint.StackBounds().Keys.ToHashSet());
        Assert.True(footprint.CodeSize().Total < Built(core, backend).CodeSize().Total);
        Assert.True(footprint.CodeSize().Total > (footprint with { Operators = "separable" }).CodeSize().Total);
    }

    /// <summary>The object files of a kind's source files in engine/kinds.</summary>
    private static IEnumerable<string> ObjectsOf(OperatorKind kind, bool streams) => (kind, streams) switch
    {
        (OperatorKind.Conv1d or OperatorKind.DepthwiseConv1d, _) => ["convolution"],
        (OperatorKind.LayerNorm, _) => ["layer_norm"],
        (OperatorKind.LinearAttention, _) => ["linear_attention"],
        (OperatorKind.AttentionPool, _) => ["attention_pool"],
        (OperatorKind.Attention, true) => ["attention", "attention_step"],
        _ => [kind.ToString().ToLowerInvariant()],
    };

    private static Footprint Built(string core, string backend) => new(CoreTargets.Require(core), backend, Footprint.All);

    private static string[] Backends(CoreTarget core) => ["scalar", "portable", .. Own(core)];

    private static string[] Own(CoreTarget core) =>
        core == CoreTarget.Rv32 ? ["rv32"] : core == CoreTarget.Xtensa ? ["xtensa"] : core == CoreTarget.CortexM55 ? ["dsp", "mve"] : ["dsp"];
}
