namespace NanoFormer.Model;

/// <summary>
/// One operator of a program: reads tensors and writes <see cref="Output"/>. Everything about one is in the file of its name: the
/// record, how it is read from an image, checked, written, run, streamed and built. <see cref="OperatorKind"/> lists them.
/// </summary>
/// <param name="Kind">Which operator it is.</param>
public abstract record Operator(OperatorKind Kind)
{
    /// <summary>Which operator it is.</summary>
    public OperatorKind Kind { get; } = Kind;

    /// <summary>The first input: the int16 window for a quantize, else an <see cref="ActivationTensor"/> or the int8 window.</summary>
    public required Tensor Input { get; init; }

    /// <summary>The tensor this operator alone writes.</summary>
    public required ActivationTensor Output { get; init; }

    /// <summary>What it remembers from step to step; null in a window program and for operators that remember nothing.</summary>
    public StateTensor? State { get; init; }

    /// <summary>The second input of a <see cref="BinaryOperator"/>.</summary>
    public virtual Tensor? SecondInput => null;

    /// <summary>The constants it reads, in the order of the image's tensors.</summary>
    public IReadOnlyList<ConstantTensor> Constants =>
        [.. new[] { SecondInput as ConstantTensor, Stored.Weights, Stored.ChannelConstants, Stored.Table }.OfType<ConstantTensor>()];

    /// <summary>The arena tensors it reads.</summary>
    public IReadOnlyList<ActivationTensor> Inputs => [.. new[] { Input, SecondInput }.OfType<ActivationTensor>()];

    /// <summary>Bytes of arena it must have while it runs, beside its operands.</summary>
    public virtual int ScratchBytes => 0;

    /// <summary>Multiplications of two int8 values (or of one and a running sum); 0 for element-wise operators.</summary>
    public virtual long MultiplyAccumulates => 0;

    /// <summary>Whether each row of its result depends on the same row of its inputs only.</summary>
    public virtual bool IsRowWise => false;

    /// <summary>Whether its result may lie on one of its inputs.</summary>
    public virtual bool CanRunInPlace => false;

    /// <summary>Whether it may be in a group: it is row-wise, and its inputs lie in the arena.</summary>
    public bool CanJoinGroup => IsRowWise && Input is ActivationTensor;

    /// <summary>The constants in the fields of its record.</summary>
    internal abstract OperatorConstants Stored { get; }

    /// <summary>Whether its result stands for the whole window, so that its rows are not moments.</summary>
    internal virtual bool PoolsTime => false;

    /// <summary>Calls what <paramref name="visitor"/> does with this kind of operator.</summary>
    public abstract T Accept<T>(IOperatorVisitor<T> visitor);

    /// <summary>The same operator on other tensors.</summary>
    public virtual Operator Rebind(Func<Tensor, Tensor> replace) =>
        this with { Input = replace(Input), Output = (ActivationTensor)replace(Output) };

    /// <summary>Writes its parameters into an image.</summary>
    internal abstract void Write(ParameterFields fields);

    /// <summary>Computes its result as NUMERICS.md says.</summary>
    internal abstract void Run(ReferenceRun run, Span<sbyte> output);

    /// <summary>
    /// What keeps it, in a window program, from streaming: the rest of a sentence that begins with "it"; null when it streams.
    /// </summary>
    internal abstract string? Obstacle(TimeStrides strides);

    /// <summary>This operator, already on the rows of one step, with the state and the parameters of a stream.</summary>
    /// <param name="window">The operator of the window program.</param>
    internal virtual Operator ForStream(Operator window) => this;

    /// <summary>What an operator with a state remembers at the start of a stream.</summary>
    internal virtual OperatorMemory NewMemory() => throw new NotSupportedException($"{Kind} remembers nothing.");

    /// <summary>Bytes that the kernels would like beyond <see cref="ScratchBytes"/>: see <see cref="ScratchWish"/>.</summary>
    internal virtual int WishedScratch(int rows, int mostRows) => 0;

    /// <summary>How many weights its kernel loads in one call on some rows, with a given amount of scratch.</summary>
    internal virtual long WeightLoads(int rows, int scratchBytes) => 0;

    private protected bool IsInTime(TimeStrides strides) =>
        strides.IsInTime(Input) || (SecondInput is { } second && strides.IsInTime(second));
}

/// <summary>The constants in the fields of an operator's record; null where a field is unused.</summary>
/// <param name="Weights">int8.</param>
/// <param name="ChannelConstants">int32 <c>[3][channels]</c>: biases or offsets, multipliers and shifts.</param>
/// <param name="Exponentials">int32 <c>[1][256]</c>; its field is that of the table.</param>
/// <param name="Lookup">int8 <c>[1][256]</c>; it has the same field.</param>
/// <param name="MaxBias">The greatest magnitude of a bias or offset.</param>
internal readonly record struct OperatorConstants(
    ConstantTensor? Weights = null,
    ConstantTensor? ChannelConstants = null,
    ConstantTensor? Exponentials = null,
    ConstantTensor? Lookup = null,
    int MaxBias = ImageFormat.MaxFoldedBias)
{
    public ConstantTensor? Table => Exponentials ?? Lookup;
}
