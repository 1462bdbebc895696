using NanoFormer.Model;

namespace NanoFormer.Cli.Reports;

/// <summary>What lies where in the arena while each operator of a program runs.</summary>
/// <param name="Operators">In the order they run.</param>
internal sealed record ArenaTimeline(IReadOnlyList<ArenaMoment> Operators)
{
    /// <summary>The timeline of a program under its plan.</summary>
    public static ArenaTimeline Of(GraphProgram program, ArenaPlan plan)
    {
        var tiling = new Tiling(program, plan.Groups);
        var lifetimes = new Lifetimes(program, tiling);
        ArenaUse[] lasting =
        [
            .. plan.States.Values.Select(region => new ArenaUse("state", null, region)),
            .. new[] { plan.Staging }.Where(region => region.Bytes > 0).Select(region => new ArenaUse("staging", null, region)),
        ];
        return new ArenaTimeline([.. program.Operators.Select((step, i) => new ArenaMoment(i, step.Kind, tiling.GroupOf(i), UsesOf(i)))]);

        ArenaUse[] UsesOf(int index)
        {
            IEnumerable<ArenaUse> tensors = lifetimes.All
                .Where(pair => pair.Value.Contains(index))
                .Select(pair => new ArenaUse(
                    tiling.IsTile(pair.Key) ? "tile" : "tensor", lifetimes.WriterOf(pair.Key), plan.Tensors[pair.Key]))
                .OrderBy(use => use.Operator);
            var scratch = new[] { plan.Scratch[index] }
                .Where(region => region.Bytes > 0)
                .Select(region => new ArenaUse("scratch", index, region));
            return [.. lasting, .. tensors, .. scratch];
        }
    }
}

/// <summary>The arena while one operator runs.</summary>
/// <param name="Index">Index of the operator.</param>
/// <param name="Kind">Which operator it is.</param>
/// <param name="Group">The group it stands in.</param>
/// <param name="Uses">What lies in the arena; where two share a place, the later one is written over the earlier.</param>
internal sealed record ArenaMoment(int Index, OperatorKind Kind, OperatorGroup? Group, IReadOnlyList<ArenaUse> Uses);

/// <summary>Bytes of the arena in use.</summary>
/// <param name="What">"tensor", "tile" (rows of a tensor), "scratch", "state" or "staging".</param>
/// <param name="Operator">Index of the operator that writes the tensor or has the scratch.</param>
/// <param name="Region">Where.</param>
internal sealed record ArenaUse(string What, int? Operator, ArenaRegion Region);
