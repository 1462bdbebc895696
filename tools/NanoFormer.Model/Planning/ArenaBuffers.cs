namespace NanoFormer.Model;

/// <summary>Gathers what the planner has to place.</summary>
internal static class ArenaBuffers
{
    /// <summary>The buffers of a program, with this many bytes of scratch for each operator.</summary>
    public static IReadOnlyList<ArenaBuffer> Of(GraphProgram program, Tiling tiling, InPlace inPlace, IReadOnlyList<int> scratchBytes,
        bool isStep)
    {
        List<ArenaBuffer> buffers = [.. TensorBuffers(program, tiling, inPlace)];
        for (int i = 0; i < scratchBytes.Count; i++)
        {
            if (scratchBytes[i] > 0)
            {
                buffers.Add(new ArenaBuffer(Alignment.RoundUp(scratchBytes[i]), new Lifetime(i, i)) { ScratchOf = i });
            }
        }

        if (!isStep)
        {
            return buffers;
        }

        var always = new Lifetime(0, program.Operators.Count);
        buffers.Add(new ArenaBuffer(Alignment.RoundUp(program.Input.Bytes), always) { IsStaging = true });
        var states = program.Operators.Select(step => step.State).OfType<StateTensor>();
        buffers.AddRange(states.Select(state => new ArenaBuffer(Alignment.RoundUp(state.Bytes), always) { State = state }));
        return buffers;
    }

    private static IEnumerable<ArenaBuffer> TensorBuffers(GraphProgram program, Tiling tiling, InPlace inPlace)
    {
        var lifetimes = new Lifetimes(program, tiling);
        var chains = new Dictionary<ActivationTensor, List<ActivationTensor>>();
        for (int i = 0; i < program.Operators.Count; i++)
        {
            var output = program.Operators[i].Output;
            var overwritten = Candidates(program.Operators[i], inPlace)
                .FirstOrDefault(input => Fits(program.Operators[i], i, input, chains[input], tiling, lifetimes));
            var chain = overwritten is null ? [] : chains[overwritten];
            chain.Add(output);
            chains.Add(output, chain);
        }

        foreach (var chain in chains.Values.Distinct())
        {
            var lifetime = new Lifetime(
                chain.Min(tensor => lifetimes.All[tensor].First), chain.Max(tensor => lifetimes.All[tensor].Last));
            yield return new ArenaBuffer(Alignment.RoundUp(tiling.BytesOf(chain[0])), lifetime) { Tensors = chain };
        }
    }

    private static IEnumerable<ActivationTensor> Candidates(Operator step, InPlace inPlace) => inPlace switch
    {
        InPlace.First => step.Inputs,
        InPlace.Second => step.Inputs.Reverse(),
        InPlace.Never => [],
        _ => throw new ArgumentOutOfRangeException(nameof(inPlace), inPlace, "It names no input."),
    };

    /// <summary>
    /// Whether a result may take the place of an input: what lay there before the input is gone, and the result's place was not yet
    /// reserved, for a group it is in, when the input was written.
    /// </summary>
    private static bool Fits(Operator step, int index, ActivationTensor input, List<ActivationTensor> chain, Tiling tiling,
        Lifetimes lifetimes) =>
        PlanValidator.MayOverwrite(step, index, input, tiling, lifetimes)
        && !lifetimes.All[step.Output].Contains(lifetimes.WriterOf(input))
        && chain.All(tensor => tensor == input || !lifetimes.All[tensor].Overlaps(lifetimes.All[step.Output]));
}

/// <summary>Which operand the result of an operator that runs in place overwrites, where it may.</summary>
internal enum InPlace
{
    /// <summary>The first if it can, else the second.</summary>
    First,

    /// <summary>The second if it can, else the first.</summary>
    Second,

    /// <summary>Neither.</summary>
    Never,
}
