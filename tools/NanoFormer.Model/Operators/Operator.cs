namespace NanoFormer.Model;

/// <summary>One operator of a program: reads tensors and writes <see cref="Output"/>.</summary>
public abstract record Operator
{
    /// <summary>The first input: the int16 window for a quantize, else an <see cref="ActivationTensor"/> or the int8 window.</summary>
    public required Tensor Input { get; init; }

    /// <summary>The tensor this operator alone writes.</summary>
    public required ActivationTensor Output { get; init; }

    /// <summary>What it remembers from step to step; null in a window program and for operators that remember nothing.</summary>
    public StateTensor? State { get; init; }

    /// <summary>Which operator it is.</summary>
    public abstract OperatorKind Kind { get; }

    /// <summary>The second input of a <see cref="BinaryOperator"/>.</summary>
    public virtual Tensor? SecondInput => null;

    /// <summary>The constants it reads.</summary>
    public abstract IReadOnlyList<ConstantTensor> Constants { get; }

    /// <summary>The arena tensors it reads.</summary>
    public IReadOnlyList<ActivationTensor> Inputs => [.. new[] { Input, SecondInput }.OfType<ActivationTensor>()];

    /// <summary>Bytes of arena it must have while it runs, beside its operands.</summary>
    public virtual int ScratchBytes => 0;

    /// <summary>Multiplications of two int8 values (or of one and a running sum); 0 for element-wise operators.</summary>
    public virtual long MultiplyAccumulates => 0;

    /// <summary>
    /// Whether it may stand in a group: each row of its result depends on the same row of its inputs only, and those lie in the arena.
    /// </summary>
    public bool CanJoinGroup => (this is Linear || CanRunInPlace) && Input is ActivationTensor;

    /// <summary>Whether its result may lie on one of its inputs.</summary>
    public bool CanRunInPlace => this is Add or Lookup or LayerNorm;

    /// <summary>The same operator on other tensors.</summary>
    public Operator Rebind(Func<Tensor, Tensor> replace)
    {
        Operator rebound = this with { Input = replace(Input), Output = (ActivationTensor)replace(Output) };
        return rebound is BinaryOperator binary ? binary with { Second = replace(binary.Second) } : rebound;
    }
}
