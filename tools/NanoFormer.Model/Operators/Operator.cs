namespace NanoFormer.Model;

/// <summary>One step of a graph: reads tensors and writes <see cref="Output"/>.</summary>
public abstract record Operator
{
    /// <summary>The tensor this operator alone writes.</summary>
    public required ActivationTensor Output { get; init; }

    /// <summary>Which operator it is.</summary>
    public abstract OperatorKind Kind { get; }

    /// <summary>The arena tensors it reads.</summary>
    public abstract IReadOnlyList<ActivationTensor> Inputs { get; }

    /// <summary>The constants it reads.</summary>
    public abstract IReadOnlyList<ConstantTensor> Constants { get; }

    /// <summary>Bytes of arena it needs while it runs, beside its operands.</summary>
    public virtual int ScratchBytes => 0;

    /// <summary>Multiplications of two int8 values; 0 for element-wise operators.</summary>
    public virtual long MultiplyAccumulates => 0;
}
