using System.Buffers.Binary;

namespace NanoFormer.Model;

/// <summary>One operator record; every accessor checks what it gives. Accessors throw BAD_OPERATOR.</summary>
internal readonly ref struct OperatorRecord
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _index;
    private readonly TensorTable _tensors;
    private readonly OperatorLayout _layout;

    /// <exception cref="ModelImageException">UNSUPPORTED_OPERATOR.</exception>
    public OperatorRecord(ReadOnlySpan<byte> bytes, int index, TensorTable tensors)
    {
        _bytes = bytes;
        _index = index;
        _tensors = tensors;
        Kind = (OperatorKind)bytes[ImageField.Operator.Kind];
        _layout = OperatorLayout.Of(Kind)
            ?? throw new ModelImageException(ModelImageError.UnsupportedOperator, $"operator {index} is of kind {(int)Kind}");
    }

    public OperatorKind Kind { get; }

    public void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new ModelImageException(ModelImageError.BadOperator, $"operator {_index} ({Kind}) {fault}");
        }
    }

    public void RequireUnusedFieldsEmpty()
    {
        Require(_bytes[ImageField.Operator.Reserved] == 0 && UInt16(ImageField.Operator.Reserved2) == 0, "sets reserved bytes");
        foreach (int field in OperatorLayout.AllOptionalOperands)
        {
            Require(_layout.OptionalOperands.Contains(field) || UInt16(field) == ImageFormat.NoTensor, "sets a tensor it does not use");
        }

        for (int i = _layout.Parameters; i < ImageField.Operator.ParameterCount; i++)
        {
            Require(Parameter(i) == 0, "sets a parameter it does not use");
        }
    }

    public WindowTensor Window() => Operand<WindowTensor>(ImageField.Operator.Input, "reads other than the window");

    public ActivationTensor Input() => Operand<ActivationTensor>(ImageField.Operator.Input, "reads other than the arena");

    public ActivationTensor Output() => Operand<ActivationTensor>(ImageField.Operator.Output, "writes other than the arena");

    /// <summary>The second operand of an add: an activation or an int8 constant.</summary>
    public Tensor SecondInput()
    {
        Tensor tensor = Operand<Tensor>(ImageField.Operator.SecondInput, "has no second input");
        Require(tensor.ElementType == ElementType.Int8, "adds a tensor that is not int8");
        return tensor;
    }

    public ConstantTensor Weights(long rows, long columns) =>
        Constant(ImageField.Operator.Weights, ElementType.Int8, rows, columns, "has weights of another shape");

    public ConstantTensor ChannelConstants(long channels) =>
        Constant(ImageField.Operator.ChannelConstants, ElementType.Int32, 3, channels, "has channel constants of another shape");

    public ConstantTensor Exponentials() =>
        Constant(ImageField.Operator.Exponentials, ElementType.Int32, 1, ExponentialTable.Length, "has exponentials of another shape");

    public int Parameter(int parameter) =>
        BinaryPrimitives.ReadInt32LittleEndian(_bytes[(ImageField.Operator.Parameters + 4 * parameter)..]);

    public int ZeroPoint(int parameter)
    {
        int value = Parameter(parameter);
        Require(value is >= sbyte.MinValue and <= sbyte.MaxValue, "has a zero point out of range");
        return value;
    }

    /// <summary>The multiplier in a parameter and the shift in the next.</summary>
    public FixedMultiplier Multiplier(int parameter)
    {
        var multiplier = new FixedMultiplier(Parameter(parameter), Parameter(parameter + 1));
        Require(multiplier.IsComputable, "has a multiplier out of range");
        return multiplier;
    }

    /// <summary>The clamp whose low end is a parameter and high end the next.</summary>
    public ClampRange Clamp(int parameter)
    {
        var clamp = new ClampRange(Parameter(parameter), Parameter(parameter + 1));
        Require(clamp.IsValid, "has a clamp out of range");
        return clamp;
    }

    /// <summary>The scratch region, at least of the required size and within the arena; empty when the kind needs none.</summary>
    public ArenaRegion Scratch(int required, int arenaBytes)
    {
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[ImageField.Operator.ScratchOffset..]);
        uint scratchBytes = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[ImageField.Operator.ScratchBytes..]);
        Require(_layout.HasScratch || (offset == 0 && scratchBytes == 0), "has scratch it does not use");
        Require(Alignment.IsAligned(offset) && (long)offset + scratchBytes <= arenaBytes, "has its scratch outside the arena");
        Require(scratchBytes >= required, "has too little scratch");
        return new ArenaRegion((int)offset, (int)scratchBytes);
    }

    private ConstantTensor Constant(int field, ElementType type, long rows, long columns, string fault)
    {
        ConstantTensor tensor = Operand<ConstantTensor>(field, fault);
        Require(tensor.ElementType == type && tensor.Rows == rows && tensor.Columns == columns, fault);
        return tensor;
    }

    private T Operand<T>(int field, string fault)
        where T : Tensor
    {
        int tensor = UInt16(field);
        Require(tensor < _tensors.All.Count, "names a tensor that does not exist");
        return _tensors.All[tensor] as T ?? throw new ModelImageException(ModelImageError.BadOperator, $"operator {_index} ({Kind}) {fault}");
    }

    private int UInt16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[offset..]);
}
