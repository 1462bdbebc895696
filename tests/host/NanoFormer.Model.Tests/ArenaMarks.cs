namespace NanoFormer.Model.Tests;

/// <summary>
/// An arena whose bytes remember what was written there: plays a program through a plan, tile by tile, and demands that every reader
/// finds on all bytes of its inputs' rows what their writer left there.
/// </summary>
internal sealed class ArenaMarks(GraphProgram program, ArenaPlan plan)
{
    private readonly object?[] _marks = new object?[plan.ArenaBytes];
    private readonly Tiling _tiling = new(program, plan.Groups);

    /// <summary>Runs the program; states and staging must survive.</summary>
    public void Play()
    {
        foreach ((var state, var region) in plan.States)
        {
            Mark(region, state);
        }

        Mark(plan.Staging, plan);
        for (int i = 0; i < program.Operators.Count; i++)
        {
            if (_tiling.GroupOf(i) is not { } group)
            {
                Run(i, 0, program.Operators[i].Output.Rows);
                continue;
            }

            PlayGroup(group);
            i = group.Last;
        }

        AssertRows(program.Output, 0, 1);
        Assert.All(plan.States, state => Assert.All(Of(state.Value), mark => Assert.Same(state.Key, mark)));
        Assert.All(Of(plan.Staging), mark => Assert.Same(plan, mark));
    }

    private void PlayGroup(OperatorGroup group)
    {
        int rows = program.Operators[group.First].Output.Rows;
        for (int row = 0; row < rows; row += group.TileRows)
        {
            for (int i = group.First; i <= group.Last; i++)
            {
                Run(i, row, Math.Min(group.TileRows, rows - row));
            }
        }
    }

    private void Run(int index, int firstRow, int rows)
    {
        var step = program.Operators[index];
        if (!step.CanRunInPlace)
        {
            // Others write their result before they have read all of their input.
            MarkRows(step.Output, firstRow, rows);
        }

        Mark(plan.Scratch[index], step);
        foreach (var input in step.Inputs)
        {
            bool isWhole = _tiling.GroupOf(index) is null;
            AssertRows(input, isWhole ? 0 : firstRow, isWhole ? input.Rows : rows);
        }

        Assert.All(Of(plan.Scratch[index]), mark => Assert.Same(step, mark));
        MarkRows(step.Output, firstRow, rows);
    }

    private void MarkRows(ActivationTensor tensor, int firstRow, int rows)
    {
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            Mark(RegionOf(tensor, row, firstRow), (tensor, row));
        }
    }

    private void AssertRows(ActivationTensor tensor, int firstRow, int rows)
    {
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            Assert.All(Of(RegionOf(tensor, row, firstRow)), mark => Assert.Equal((tensor, row), mark));
        }
    }

    private ArenaRegion RegionOf(ActivationTensor tensor, int row, int firstRow)
    {
        int local = _tiling.IsTile(tensor) ? row - firstRow : row;
        return new ArenaRegion(plan.Tensors[tensor].Offset + local * tensor.Columns, tensor.Columns);
    }

    private void Mark(ArenaRegion region, object mark) => Array.Fill(_marks, mark, region.Offset, region.Bytes);

    private ArraySegment<object?> Of(ArenaRegion region) => new(_marks, region.Offset, region.Bytes);
}
