using System.Buffers.Binary;
using System.IO.Hashing;

namespace NanoFormer.Model.Tests;

/// <summary>One image for each rule of step programs and groups that breaks it, and nothing else.</summary>
public sealed class StepImageErrorTests
{
    private const int OperatorBytes = 80;
    private const int TensorBytes = 32;

    // Operators of the causal benchmark model, in both programs.
    private const int Conv1d = 0;
    private const int Attention = 1;
    private const int Projection = 2;
    private const int Add = 3;
    private const int Expand = 4;
    private const int Contract = 5;
    private const int Mean = 13;

    private readonly byte[] _image = ImageWriter.Write(BenchmarkModels.HarTinyCausal.Graph, PlanOptions.Smallest);

    [Theory]
    [InlineData(104, 129)]
    [InlineData(106, 0)]
    [InlineData(106, 129)]
    [InlineData(108, 256)]
    [InlineData(110, 256)]
    [InlineData(112, 8)]
    public void Header_fields(int offset, int value)
    {
        Write16(offset, value);
        Refuses(ModelImageError.BadHeader);
    }

    [Fact]
    public void A_state_outside_of_the_arena()
    {
        Write32(Read32(60) + TensorBytes * StateOf(Mean), 1 << 16);
        Refuses(ModelImageError.BadPlan);
    }

    [Theory]
    [InlineData(108, 86)]
    [InlineData(110, 86)]
    public void Step_tensors_of_another_kind(int field, int instead)
    {
        Write16(field, Read16(instead));
        Refuses(ModelImageError.BadTensor);
    }

    [Theory]
    [InlineData(Conv1d, 14, 0)]
    [InlineData(Conv1d, 40, 1)]
    [InlineData(Attention, 14, 0xFFFF)]
    [InlineData(Attention, 72, 14)]
    [InlineData(Attention, 72, 511)]
    [InlineData(Attention, 76, 1)]
    [InlineData(Mean, 14, 0xFFFF)]
    [InlineData(Mean, 40, 0)]
    [InlineData(Mean, 40, 15)]
    [InlineData(Projection, 14, 0)]
    public void Step_operators(int step, int offset, int value)
    {
        Write16(Read32(100) + OperatorBytes * step + offset, value);
        Refuses(ModelImageError.BadOperator);
    }

    [Fact]
    public void A_state_in_the_window_program()
    {
        Write16(Read32(64) + OperatorBytes * Attention + 14, StateOf(Attention));
        Refuses(ModelImageError.BadOperator);
    }

    [Fact]
    public void A_state_of_another_zero_point()
    {
        Write16(Read32(60) + TensorBytes * StateOf(Attention) + 14, 1);
        Refuses(ModelImageError.BadOperator);
    }

    [Fact]
    public void One_state_of_two_operators()
    {
        Write16(Read32(100) + OperatorBytes * (Attention + 6) + 14, StateOf(Attention));
        Refuses(ModelImageError.BadPlan);
    }

    [Fact]
    public void A_state_on_another()
    {
        int table = Read32(60);
        Write32(table + TensorBytes * StateOf(Mean), Read32(table + TensorBytes * StateOf(Attention)));
        Refuses(ModelImageError.BadPlan);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(1 << 16)]
    [InlineData(-16)]
    public void Staging_outside_of_the_arena_or_unaligned(int offset)
    {
        Write32(116, offset);
        Refuses(ModelImageError.BadPlan);
    }

    [Fact]
    public void Staging_on_a_state()
    {
        Write32(116, Read32(Read32(60) + TensorBytes * StateOf(Mean)));
        Refuses(ModelImageError.BadPlan);
    }

    [Fact]
    public void A_window_operator_that_writes_a_tensor_of_the_step_program()
    {
        int record = Read32(64) + OperatorBytes * Mean;
        Write16(record + 6, Read16(Read32(100) + OperatorBytes * Mean + 6));
        Refuses(ModelImageError.BadPlan);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 200)]
    [InlineData(24, 0)]
    public void Group_fields(int offset, int value)
    {
        int record = Read32(64) + OperatorBytes * GroupStart();
        Write16(record + offset, offset == 1 ? value | Read16(record + 1) & 0xFF00 : value);
        Refuses(ModelImageError.BadOperator);
    }

    [Fact]
    public void Tile_rows_without_a_group()
    {
        Write16(Read32(64) + OperatorBytes * Attention + 24, 4);
        Refuses(ModelImageError.BadOperator);
    }

    [Fact]
    public void A_group_with_an_operator_that_looks_at_other_rows()
    {
        int record = Read32(64) + OperatorBytes * Conv1d;
        _image[record + 1] = 2;
        Write16(record + 24, 4);
        Refuses(ModelImageError.BadOperator);
    }

    [Fact]
    public void A_group_within_a_group()
    {
        int record = Read32(64) + OperatorBytes * (GroupStart() + 1);
        _image[record + 1] = 2;
        Write16(record + 24, 4);
        Refuses(ModelImageError.BadOperator);
    }

    [Fact]
    public void Tile_rows_that_the_tiles_do_not_have()
    {
        int record = Read32(64) + OperatorBytes * GroupStart();
        Write16(record + 24, Read16(record + 24) - 1);
        Refuses(ModelImageError.BadOperator);
    }

    [Fact]
    public void A_tile_on_a_whole_tensor_of_its_group()
    {
        int record = Read32(64) + OperatorBytes * GroupStart();
        int table = Read32(60);
        Write32(table + TensorBytes * Read16(record + 6), Read32(table + TensorBytes * Read16(record + 2)));
        Refuses(ModelImageError.BadPlan);
    }

    /// <summary>The first operator of the first group.</summary>
    private int GroupStart()
    {
        int[] starts = [Projection, Add, Expand, Contract];
        return starts.First(step => _image[Read32(64) + OperatorBytes * step + 1] > 0);
    }

    private int StateOf(int step) => Read16(Read32(100) + OperatorBytes * step + 14);

    private void Refuses(ModelImageError expected)
    {
        Write32(12, (int)Crc32.HashToUInt32(_image.AsSpan(16)));
        Assert.Equal(expected, Assert.Throws<ModelImageException>(() => ImageReader.Read(_image)).Error);
    }

    private int Read32(int offset) => BinaryPrimitives.ReadInt32LittleEndian(_image.AsSpan(offset));

    private int Read16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_image.AsSpan(offset));

    private void Write32(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(_image.AsSpan(offset), value);

    private void Write16(int offset, int value) => BinaryPrimitives.WriteUInt16LittleEndian(_image.AsSpan(offset), (ushort)value);
}
