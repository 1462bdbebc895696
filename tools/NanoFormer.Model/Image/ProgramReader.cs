namespace NanoFormer.Model;

/// <summary>
/// Makes programs and plans of operators that are valid one by one, and proves the plans. Tiles come out as tensors of all their rows: how
/// many exist at a time is the plan's affair.
/// </summary>
internal sealed class ProgramReader(TensorTable tensors)
{
    private readonly Dictionary<Tensor, Tensor> _expanded = [];
    private readonly HashSet<Tensor> _used = [];

    /// <summary>All tensors, in the order of the image.</summary>
    /// <exception cref="ModelImageException">BAD_PLAN: one belongs to no program.</exception>
    public IReadOnlyList<Tensor> Tensors
    {
        get
        {
            bool allUsed = tensors.Regions.Keys.All(_used.Contains);
            return allUsed ? [.. tensors.All.Select(Expanded)] : throw Refused("a tensor of the arena is never written");
        }
    }

    /// <summary>The window program and its plan.</summary>
    /// <exception cref="ModelImageException">BAD_PLAN.</exception>
    public (GraphProgram Program, ArenaPlan Plan) ReadWindow(OperatorTable operators, ImageHeader header)
    {
        var stored = new GraphProgram(tensors.Window, tensors.Output, operators.Operators);
        (var program, var plan) = Read(stored, operators, header.ArenaBytes);
        PlanValidator.Validate(program, plan);
        return (program, plan);
    }

    /// <summary>The step program and its plan.</summary>
    /// <exception cref="ModelImageException">BAD_PLAN.</exception>
    public (GraphProgram Program, ArenaPlan Plan) ReadStep(OperatorTable operators, ImageHeader header)
    {
        var stored = new GraphProgram(tensors.StepInput!, tensors.StepOutput!, operators.Operators);
        (var program, var plan) = Read(stored, operators, header.StepArenaBytes);
        var states = new Dictionary<StateTensor, ArenaRegion>();
        foreach (var state in program.Operators.Select(step => step.State).OfType<StateTensor>())
        {
            if (!_used.Add(state))
            {
                throw Refused("two operators have one state");
            }

            states.Add(state, Within(header.StepArenaBytes, tensors.Regions[state]));
        }

        plan = plan with
        {
            States = states,
            Staging = Within(header.StepArenaBytes, new ArenaRegion(header.StagingOffset, Alignment.RoundUp(program.Input.Bytes))),
        };
        PlanValidator.Validate(program, plan);
        return (program, plan);
    }

    private (GraphProgram Program, ArenaPlan Plan) Read(GraphProgram stored, OperatorTable operators, int arenaBytes)
    {
        Expand(stored, operators.Groups);
        var program = stored with { Operators = [.. stored.Operators.Select(step => step.Rebind(Expanded))] };
        return (program, PlanOf(stored, operators, arenaBytes));
    }

    private ArenaPlan PlanOf(GraphProgram stored, OperatorTable operators, int arenaBytes)
    {
        var regions = new Dictionary<ActivationTensor, ArenaRegion>();
        foreach (var tensor in stored.Activations)
        {
            if (!_used.Add(tensor))
            {
                throw Refused("two operators write one tensor");
            }

            regions.Add((ActivationTensor)Expanded(tensor), Within(arenaBytes, tensors.Regions[tensor]));
        }

        return new ArenaPlan(arenaBytes, regions, operators.Scratch) { Groups = operators.Groups };
    }

    /// <summary>Gives every tile the rows of the whole tensors of its group.</summary>
    private void Expand(GraphProgram program, IReadOnlyList<OperatorGroup> groups)
    {
        var tiling = new Tiling(program, groups);
        foreach (var group in groups)
        {
            int rows = GroupValidator.WholeRows(program, tiling, group);
            var outputs = program.Operators.Skip(group.First).Take(group.Count).Select(step => step.Output);
            foreach (var tile in outputs.Where(tiling.IsTile))
            {
                _expanded.TryAdd(tile, tile.WithRows(rows));
            }
        }
    }

    private Tensor Expanded(Tensor tensor) => _expanded.GetValueOrDefault(tensor, tensor);

    private static ArenaRegion Within(int arenaBytes, ArenaRegion region) =>
        Alignment.IsAligned(region.Offset) && (long)region.Offset + region.Bytes <= arenaBytes
            ? region
            : throw Refused("a tensor or the staging room lies outside of its program's arena, or not at a multiple of 16");

    private static ModelImageException Refused(string detail) => new(ModelImageError.BadPlan, detail);
}
