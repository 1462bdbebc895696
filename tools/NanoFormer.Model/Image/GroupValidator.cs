namespace NanoFormer.Model;

/// <summary>
/// Checks the groups of a stored program: what is in them, and that tiles have the group's tile rows, whole tensors one common number.
/// </summary>
internal static class GroupValidator
{
    /// <summary>The groups among the group fields of all operators.</summary>
    /// <exception cref="ModelImageException">BAD_OPERATOR.</exception>
    public static IReadOnlyList<OperatorGroup> Validate(GraphProgram program, IReadOnlyList<OperatorGroup> fields)
    {
        var groups = new List<OperatorGroup>();
        foreach (var group in fields)
        {
            if (group.Count == 0)
            {
                Require(group.TileRows == 0, group, "has tile rows but no operators");
                continue;
            }

            Require(group.Count >= 2 && group.Last < program.Operators.Count, group, "has one operator only, or more than there are");
            Require(groups.Count == 0 || groups[^1].Last < group.First, group, "stands in another");
            bool canJoin = program.Operators.Skip(group.First).Take(group.Count).All(step => step.CanJoinGroup);
            Require(canJoin, group, "holds an operator that looks at more than one row, or at the window");
            groups.Add(group);
        }

        ValidateRows(program, groups);
        return groups;
    }

    private static void ValidateRows(GraphProgram program, IReadOnlyList<OperatorGroup> groups)
    {
        var tiling = new Tiling(program, groups);
        foreach (var group in groups)
        {
            int wholeRows = WholeRows(program, tiling, group);
            Require(group.TileRows >= 1 && group.TileRows <= wholeRows, group, "has tile rows out of range");
            bool fits = Touched(program, group).All(tensor => tensor.Rows == (tiling.IsTile(tensor) ? group.TileRows : wholeRows));
            Require(fits, group, "has tensors of other rows");
        }
    }

    /// <summary>The rows of the first whole tensor that a group touches.</summary>
    /// <exception cref="ModelImageException">BAD_OPERATOR: it touches none, so that it reads what it has not written.</exception>
    public static int WholeRows(GraphProgram program, Tiling tiling, OperatorGroup group)
    {
        var whole = Touched(program, group).FirstOrDefault(tensor => !tiling.IsTile(tensor));
        Require(whole is not null, group, "has no whole tensor");
        return whole!.Rows;
    }

    /// <summary>Activations and constant operands.</summary>
    private static IEnumerable<Tensor> Touched(GraphProgram program, OperatorGroup group)
    {
        var operators = program.Operators.Skip(group.First).Take(group.Count);
        return operators.SelectMany(step => new[] { step.Input, step.SecondInput, step.Output }).OfType<Tensor>();
    }

    private static void Require(bool condition, OperatorGroup group, string fault)
    {
        if (!condition)
        {
            throw new ModelImageException(ModelImageError.BadOperator, $"the group at operator {group.First} {fault}");
        }
    }
}
