using NanoFormer.Emulator.Footprints;

namespace NanoFormer.Emulator.Tests;

/// <summary>What the linked programs of every core hold: no heap, no software floating point, a bounded stack.</summary>
public sealed class FootprintTests
{
    // Of a bound that adds up the frames of every path, taken or not.
    private const int StackLimit = 1024;

    private static readonly string[] Forbidden = ["malloc", "calloc", "realloc", "_sbrk", "free.o", "printf"];

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

        Assert.Contains(sections, section => section.EngineObject == "session");
        Assert.DoesNotContain(sections, section => Forbidden.Concat(SoftFloat).Any(name => section.Origin.Contains(name, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_entry_point_has_a_bounded_stack(string core, string backend)
    {
        var bounds = Built(core, backend).StackBounds();

        Assert.Equal(StackBound.EntryPoints.ToHashSet(), bounds.Keys.ToHashSet());
        Assert.All(bounds, bound => Assert.InRange(bound.Value, 0, StackLimit)); // a leaf of RISC-V may need none
        Assert.InRange(bounds["nf_session_run"], 256, StackLimit);
    }

    private static Footprint Built(string core, string backend) => new(CoreTargets.Require(core), backend, Footprint.All);

    private static string[] Backends(CoreTarget core) =>
        core == CoreTarget.Rv32 ? ["scalar", "rv32"] : core == CoreTarget.CortexM55 ? ["scalar", "dsp", "mve"] : ["scalar", "dsp"];
}
