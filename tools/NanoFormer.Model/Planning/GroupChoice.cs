namespace NanoFormer.Model;

/// <summary>
/// Chooses which row-wise operators run as groups, and on how many rows at a time. Memory first: within a budget, or to stay as far below
/// it as can be; then speed: the weights of every linear layer are loaded again for each tile, and as often as its scratch asks for.
/// </summary>
internal sealed class GroupChoice
{
    /// <summary>What calling an operator once more costs, in loads of a weight.</summary>
    private const int CallCost = 64;

    /// <summary>More than any program costs within its budget.</summary>
    private const long OverBudget = 1L << 48;

    /// <summary>Longer groups are not tried.</summary>
    private const int MostOperators = 12;

    /// <summary>Tiles of fewer rows waste the kernels, which take 4 at a time.</summary>
    private static readonly int[] TileRows = [4, 8, 12, 16, 24, 32];

    private readonly GraphProgram _program;
    private readonly bool _isStep;
    private readonly List<Segment>[] _segmentsFrom;

    public GroupChoice(GraphProgram program, bool isStep)
    {
        _program = program;
        _isStep = isStep;
        _segmentsFrom = [.. Enumerable.Range(0, program.Operators.Count).Select(first => SegmentsFrom(first).ToList())];
    }

    /// <summary>
    /// The bytes below which no choice stays, if every operator is to have <paramref name="wish"/> beyond what it must have. The wish
    /// gets the operator and the rows it computes at a time.
    /// </summary>
    public int LeastBytes(Func<Operator, int, int> wish)
    {
        int[] least = new int[_segmentsFrom.Length + 1];
        for (int first = _segmentsFrom.Length - 1; first >= 0; first--)
        {
            least[first] = _segmentsFrom[first].Min(segment => Math.Max(Bytes(segment, wish), least[segment.End]));
        }

        return least[0];
    }

    /// <summary>The fastest groups that stay, with a wish, within a budget, which is at least the least bytes for that wish.</summary>
    public IReadOnlyList<OperatorGroup> Fastest(int budget, Func<Operator, int, int> wish)
    {
        long[] cost = new long[_segmentsFrom.Length + 1];
        var choice = new Segment[_segmentsFrom.Length];
        for (int first = _segmentsFrom.Length - 1; first >= 0; first--)
        {
            (choice[first], cost[first]) = _segmentsFrom[first]
                .Select(segment => (segment, Cost: cost[segment.End] + OwnCost(segment)))
                .MinBy(pair => pair.Cost);
        }

        var groups = new List<OperatorGroup>();
        for (int first = 0; first < choice.Length; first = choice[first].End)
        {
            if (choice[first].Group is { } group)
            {
                groups.Add(group);
            }
        }

        return groups;

        long OwnCost(Segment segment) => Bytes(segment, wish) <= budget ? Cost(segment, budget) : OverBudget;
    }

    /// <summary>One operator alone, and every group that begins with it.</summary>
    private IEnumerable<Segment> SegmentsFrom(int first)
    {
        yield return Measure(first, 1, null);
        Operator[] chain = [.. _program.Operators.Skip(first).Take(MostOperators).TakeWhile(CanJoin)];
        foreach (int tileRows in TileRows.Where(rows => chain.Length > 0 && rows < chain[0].Output.Rows))
        {
            for (int count = 2; count <= chain.Length; count++)
            {
                yield return Measure(first, count, new OperatorGroup(first, count, tileRows));
            }
        }

        bool CanJoin(Operator step) => step.CanJoinGroup && step.Output.Rows == _program.Operators[first].Output.Rows;
    }

    private Segment Measure(int first, int count, OperatorGroup? group)
    {
        var tiling = new Tiling(_program, group is { } own ? [own] : []);
        int[] scratch = [.. _program.Operators.Select(step => step.ScratchBytes)];
        var buffers = ArenaBuffers.Of(_program, tiling, InPlace.First, scratch, _isStep);
        int[] live = [.. Enumerable.Range(first, count)
            .Select(index => buffers.Where(buffer => buffer.Lifetime.Contains(index)).Sum(buffer => buffer.Bytes))];
        return new Segment(first, live, group);
    }

    private int Bytes(Segment segment, Func<Operator, int, int> wish) => segment.LiveBytes
        .Select((live, i) => live + Alignment.RoundUp(wish(_program.Operators[segment.First + i], segment.Rows(_program, i))))
        .Max();

    private long Cost(Segment segment, int budget)
    {
        long cost = 0;
        for (int i = 0; i < segment.LiveBytes.Count; i++)
        {
            var step = _program.Operators[segment.First + i];
            int rows = segment.Rows(_program, i);
            long calls = (step.Output.Rows + rows - 1) / rows;
            cost += calls * (CallCost + step.WeightLoads(rows, budget - segment.LiveBytes[i]));
        }

        return cost;
    }

    /// <summary>Operators that run together.</summary>
    /// <param name="First">Index of the first.</param>
    /// <param name="LiveBytes">What each needs at the least, with all that is alive while it runs.</param>
    /// <param name="Group">Their group; null for a single operator.</param>
    private sealed record Segment(int First, IReadOnlyList<int> LiveBytes, OperatorGroup? Group)
    {
        public int End => First + LiveBytes.Count;

        public int Rows(GraphProgram program, int i)
        {
            int rows = program.Operators[First + i].Output.Rows;
            return Group is { } group ? Math.Min(group.TileRows, rows) : rows;
        }
    }
}
