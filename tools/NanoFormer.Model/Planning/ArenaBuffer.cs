namespace NanoFormer.Model;

/// <summary>
/// Bytes the planner places as one: tensors that follow one another in the same place, one operator's scratch, a state, or staging.
/// </summary>
/// <param name="Bytes">Size, rounded up to 16.</param>
/// <param name="Lifetime">From the first tensor's writer to the last tensor's last reader.</param>
internal sealed record ArenaBuffer(int Bytes, Lifetime Lifetime)
{
    /// <summary>The tensors, all of one shape.</summary>
    public IReadOnlyList<ActivationTensor> Tensors { get; init; } = [];

    /// <summary>Index of the operator whose scratch it is.</summary>
    public int? ScratchOf { get; init; }

    /// <summary>The state it is.</summary>
    public StateTensor? State { get; init; }

    /// <summary>Whether it is the room for one step of samples.</summary>
    public bool IsStaging { get; init; }
}
