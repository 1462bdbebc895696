namespace NanoFormer.Model;

/// <summary>
/// What the groups of a program mean for its tensors: those that only one group touches are tiles, of which no more than a few rows
/// exist at a time; all others are whole.
/// </summary>
public sealed class Tiling
{
    private readonly Dictionary<ActivationTensor, OperatorGroup> _groupsOfTiles = [];
    private readonly OperatorGroup?[] _groups;

    /// <summary>Finds the tiles of some groups.</summary>
    public Tiling(GraphProgram program, IReadOnlyList<OperatorGroup> groups)
    {
        Groups = groups;
        _groups = new OperatorGroup?[program.Operators.Count];
        foreach (var group in groups)
        {
            Array.Fill(_groups, group, group.First, group.Count);
        }

        var users = new Dictionary<ActivationTensor, List<int>>();
        for (int i = 0; i < _groups.Length; i++)
        {
            foreach (var tensor in program.Operators[i].Inputs.Append(program.Operators[i].Output))
            {
                (users.TryGetValue(tensor, out var known) ? known : users[tensor] = []).Add(i);
            }
        }

        foreach ((var tensor, var indices) in users)
        {
            if (tensor != program.Output && _groups[indices[0]] is { } group && indices.All(group.Contains))
            {
                _groupsOfTiles.Add(tensor, group);
            }
        }
    }

    /// <summary>The groups, in the order they run.</summary>
    public IReadOnlyList<OperatorGroup> Groups { get; }

    /// <summary>The group an operator is in.</summary>
    public OperatorGroup? GroupOf(int operatorIndex) => _groups[operatorIndex];

    /// <summary>Whether no more than a tile of the tensor exists at a time.</summary>
    public bool IsTile(Tensor tensor) => tensor is ActivationTensor activation && _groupsOfTiles.ContainsKey(activation);

    /// <summary>Rows of a tensor that exist at a time.</summary>
    public int RowsOf(ActivationTensor tensor) =>
        _groupsOfTiles.TryGetValue(tensor, out var group) ? group.TileRows : tensor.Rows;

    /// <summary>Bytes of a tensor in the arena.</summary>
    public int BytesOf(ActivationTensor tensor) => RowsOf(tensor) * tensor.Columns;

    /// <summary>Rows an operator computes at a time.</summary>
    public int RowsAtATime(GraphProgram program, int operatorIndex)
    {
        int rows = program.Operators[operatorIndex].Output.Rows;
        return _groups[operatorIndex] is { } group ? Math.Min(group.TileRows, rows) : rows;
    }
}
