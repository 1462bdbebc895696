namespace NanoFormer.Model;

/// <summary>Where everything that a program keeps in the arena lies, and which of its operators run tile by tile.</summary>
/// <param name="ArenaBytes">Size of the arena, a multiple of 16.</param>
/// <param name="Tensors">The region of each activation tensor; for a tile, of its rows only.</param>
/// <param name="Scratch">The scratch of each operator; empty for those that have none.</param>
public sealed record ArenaPlan(
    int ArenaBytes,
    IReadOnlyDictionary<ActivationTensor, ArenaRegion> Tensors,
    IReadOnlyList<ArenaRegion> Scratch)
{
    /// <summary>The groups, in the order they run.</summary>
    public IReadOnlyList<OperatorGroup> Groups { get; init; } = [];

    /// <summary>The region of each state tensor of a step program.</summary>
    public IReadOnlyDictionary<StateTensor, ArenaRegion> States { get; init; } = new Dictionary<StateTensor, ArenaRegion>();

    /// <summary>Room of a step program for one step of samples; empty in a window program.</summary>
    public ArenaRegion Staging { get; init; }

    /// <summary>Bytes in use while an operator runs: live tensors, states, staging and scratch, each rounded up to 16.</summary>
    public int LiveBytes(GraphProgram program, int operatorIndex)
    {
        var lifetimes = new Lifetimes(program, new Tiling(program, Groups));
        // A result in place shares its region with an operand, and counts once.
        var live = lifetimes.All
            .Where(pair => pair.Value.Contains(operatorIndex))
            .Select(pair => Tensors[pair.Key])
            .Distinct();
        var lasting = States.Values.Append(Staging).Append(Scratch[operatorIndex]);
        return live.Concat(lasting).Sum(region => Alignment.RoundUp(region.Bytes));
    }
}
