using System.Buffers.Binary;

namespace NanoFormer.Model;

/// <summary>One operator record; every accessor checks what it gives. Accessors throw BAD_OPERATOR.</summary>
internal readonly ref struct OperatorRecord
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _index;
    private readonly ProgramContext _program;
    private readonly bool _continuesGroup;

    public OperatorRecord(ReadOnlySpan<byte> bytes, int index, ProgramContext program, bool continuesGroup)
    {
        _bytes = bytes;
        _index = index;
        _program = program;
        _continuesGroup = continuesGroup;
        Kind = (OperatorKind)bytes[ImageField.Operator.Kind];
    }

    /// <summary>Whether it is an operator of the step program.</summary>
    public bool IsStep => _program.IsStep;

    /// <summary>The group that begins here, not yet checked; its count is 0 when none does.</summary>
    public OperatorGroup Group => new(_index, _bytes[ImageField.Operator.Group], UInt16(ImageField.Operator.TileRows));

    /// <summary>Whether it begins a group or is in one.</summary>
    public bool IsInGroup => _continuesGroup || Group.Count > 0;

    public OperatorKind Kind { get; }

    public void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new ModelImageException(ModelImageError.BadOperator, $"operator {_index} ({Kind}) {fault}");
        }
    }

    /// <summary>The operator, whose record holds nothing but what belongs to it.</summary>
    /// <exception cref="ModelImageException">UNSUPPORTED_OPERATOR, BAD_OPERATOR.</exception>
    public Operator Read()
    {
        var reading = OperatorKinds.ReadingOf(Kind)
            ?? throw new ModelImageException(ModelImageError.UnsupportedOperator, $"operator {_index} is of kind {(int)Kind}");
        var step = reading(this);
        Span<byte> written = stackalloc byte[ImageFormat.OperatorBytes];
        OperatorEncoder.WriteFields(new ImageRecord(written), step, _program.Tensors);
        Require(SameAs(written, ImageField.Operator.Reserved, ImageField.Operator.Parameters), "sets reserved bytes");
        Require(SameAs(written, ImageField.Operator.SecondInput, ImageField.Operator.ScratchOffset), "sets a tensor it does not use");
        Require(SameAs(written, ImageField.Operator.Parameters, ImageFormat.OperatorBytes), "sets a parameter it does not use");
        return step;
    }

    private bool SameAs(ReadOnlySpan<byte> written, int from, int to) => _bytes[from..to].SequenceEqual(written[from..to]);

    /// <summary>The raw window of this program.</summary>
    public WindowTensor RawWindow()
    {
        var window = Operand<WindowTensor>(ImageField.Operator.Input, "reads other than the window");
        Require(window == _program.Input && window.ElementType == ElementType.Int16, "reads other than its int16 window");
        return window;
    }

    /// <summary>The first input: an activation, or the int8 window of this program.</summary>
    public Tensor Input()
    {
        var tensor = Operand<Tensor>(ImageField.Operator.Input, "has no input");
        bool isInt8Window = tensor == _program.Input && tensor.ElementType == ElementType.Int8;
        Require(tensor is ActivationTensor || isInt8Window, "reads other than the arena or its int8 window");
        return tensor;
    }

    public ActivationTensor Output() => Operand<ActivationTensor>(ImageField.Operator.Output, "writes other than the arena");

    public ActivationTensor SecondInput() => Operand<ActivationTensor>(ImageField.Operator.SecondInput, "has no second input in the arena");

    /// <summary>The second operand of an add: an activation or an int8 constant.</summary>
    public Tensor Addend()
    {
        var tensor = Operand<Tensor>(ImageField.Operator.SecondInput, "has no second input");
        bool isConstant = tensor is ConstantTensor && tensor.ElementType == ElementType.Int8;
        Require(tensor is ActivationTensor || isConstant, "adds other than the arena or an int8 constant");
        return tensor;
    }

    /// <summary>Input and output of an operator that makes one row of as many columns.</summary>
    public (Tensor Input, ActivationTensor Output) Pooled()
    {
        var input = Input();
        var output = Output();
        Require(output.Rows == 1 && output.Columns == input.Columns, "writes another shape than one row of its input");
        return (input, output);
    }

    /// <summary>Requires equal shapes; rows of a group are compared with its tiles later.</summary>
    public void RequireSameShape(Tensor a, Tensor b, string fault)
    {
        RequireSameRows(a, b, fault);
        Require(a.Columns == b.Columns, fault);
    }

    /// <summary>Requires equal rows; rows of a group are compared with its tiles later.</summary>
    public void RequireSameRows(Tensor a, Tensor b, string fault) => Require(IsInGroup || a.Rows == b.Rows, fault);

    /// <summary>The state that an operator of the step program has; none in the window program.</summary>
    public StateTensor? State(ElementType type, long count, int zeroPoint = 0)
    {
        if (!IsStep)
        {
            return null;
        }

        var state = Operand<StateTensor>(ImageField.Operator.State, "has no state");
        bool fits = state.ElementType == type && state.Columns == count && state.ZeroPoint == zeroPoint;
        Require(fits, "has a state of another type, size or zero point");
        return state;
    }

    public ConstantTensor Weights(long rows, long columns) =>
        Constant(ImageField.Operator.Weights, ElementType.Int8, rows, columns, "has weights of another shape");

    public ConstantTensor ChannelConstants(long channels) =>
        Constant(ImageField.Operator.ChannelConstants, ElementType.Int32, 3, channels, "has channel constants of another shape");

    public ConstantTensor Exponentials() =>
        Constant(ImageField.Operator.Table, ElementType.Int32, 1, ExponentialTable.Length, "has exponentials of another shape");

    public ConstantTensor LookupTable() =>
        Constant(ImageField.Operator.Table, ElementType.Int8, 1, Model.LookupTable.Length, "has a table of another shape");

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

    /// <summary>The scratch region, at least of the required size and within the arena.</summary>
    public ArenaRegion Scratch(int required, int arenaBytes)
    {
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[ImageField.Operator.ScratchOffset..]);
        uint scratchBytes = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[ImageField.Operator.ScratchBytes..]);
        Require(scratchBytes > 0 || offset == 0, "has an offset of scratch but no scratch");
        Require(Alignment.IsAligned(offset) && (long)offset + scratchBytes <= arenaBytes, "has its scratch outside the arena");
        Require(scratchBytes >= required, "has too little scratch");
        return new ArenaRegion((int)offset, (int)scratchBytes);
    }

    private ConstantTensor Constant(int field, ElementType type, long rows, long columns, string fault)
    {
        var tensor = Operand<ConstantTensor>(field, fault);
        Require(tensor.ElementType == type && tensor.Rows == rows && tensor.Columns == columns, fault);
        return tensor;
    }

    private T Operand<T>(int field, string fault)
        where T : Tensor
    {
        int tensor = UInt16(field);
        Require(tensor < _program.Tensors.Count, "names a tensor that does not exist");
        return _program.Tensors[tensor] as T
            ?? throw new ModelImageException(ModelImageError.BadOperator, $"operator {_index} ({Kind}) {fault}");
    }

    private int UInt16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[offset..]);
}
