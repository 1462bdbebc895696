using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>The same for step programs and groups, in the causal benchmark model.</summary>
internal static class BrokenStepRules
{
    // Operators of the causal benchmark model, in both programs.
    private const int Conv1d = 0;
    private const int Attention = 1;
    private const int Projection = 2;
    private const int Add = 3;
    private const int Expand = 4;
    private const int Contract = 5;
    private const int Mean = 13;

    private static readonly (int Offset, int Value)[] Header =
    [
        (104, 129),
        (106, 0),
        (106, 129),
        (108, 256),
        (110, 256),
        (112, 8),
    ];

    private static readonly (int Step, int Offset, int Value)[] StepOperators =
    [
        (Conv1d, 14, 0),
        (Conv1d, 40, 1),
        (Attention, 14, 0xFFFF),
        (Attention, 72, 14),
        (Attention, 72, 511),
        (Attention, 76, 1),
        (Mean, 14, 0xFFFF),
        (Mean, 40, 0),
        (Mean, 40, 15),
        (Projection, 14, 0),
    ];

    private static readonly int[] Staging = [8, 1 << 16, -16];

    private static readonly byte[] Causal = ImageWriter.Write(BenchmarkModels.HarTinyCausal.Graph, PlanOptions.Smallest);

    /// <summary>All of them.</summary>
    public static IEnumerable<DamagedImage> All() =>
    [
        .. Header.Select(row => Broken($"step header {row.Offset}: {row.Value}", ModelImageError.BadHeader, image => image.Write16(row.Offset, row.Value))),
        .. StepOperators.Select(row => Broken($"step operator {row.Step}, {row.Offset}: {row.Value}", ModelImageError.BadOperator,
            image => image.Write16(image.StepOperator(row.Step) + row.Offset, row.Value))),
        .. Staging.Select(offset => Broken($"staging at {offset}", ModelImageError.BadPlan, image => image.Write32(116, offset))),
        Broken("a state outside of the arena", ModelImageError.BadPlan, image => image.Write32(image.Tensor(image.StateOf(Mean)), 1 << 16)),
        Broken("a step input of another kind", ModelImageError.BadTensor, image => image.Write16(108, image.Read16(86))),
        Broken("a step output of another kind", ModelImageError.BadTensor, image => image.Write16(110, image.Read16(86))),
        Broken("a state in the window program", ModelImageError.BadOperator,
            image => image.Write16(image.Operator(Attention) + 14, image.StateOf(Attention))),
        Broken("a state of another zero point", ModelImageError.BadOperator,
            image => image.Write16(image.Tensor(image.StateOf(Attention)) + 14, 1)),
        Broken("a state without columns", ModelImageError.BadTensor,
            image => image.Write16(image.Tensor(image.StateOf(Attention)) + 10, 0).Write32(image.Tensor(image.StateOf(Attention)) + 4, 0)),
        Broken("a state of int32 instead of int8", ModelImageError.BadOperator,
            image => Wider(image, image.Tensor(image.StateOf(Attention)))),
        Broken("a step's attention without scratch", ModelImageError.BadOperator,
            image => image.Write32(image.StepOperator(Attention) + 16, 0).Write32(image.StepOperator(Attention) + 20, 0)),
        Broken("scratch on a state", ModelImageError.BadPlan,
            image => image.Write32(image.StepOperator(Attention) + 16, image.Read32(image.Tensor(image.StateOf(Attention))))),
        Broken("one state of two operators", ModelImageError.BadPlan,
            image => image.Write16(image.StepOperator(Attention + 6) + 14, image.StateOf(Attention))),
        Broken("one state of two operators, and no state without one", ModelImageError.BadPlan,
            image => image.Retire(image.StateOf(Attention + 6)).Write16(image.StepOperator(Attention + 6) + 14, image.StateOf(Attention))),
        Broken("a step arena beyond its limit", ModelImageError.BadHeader, image => image.Write32(112, (1 << 20) + 16)),
        Broken("a state on another", ModelImageError.BadPlan,
            image => image.Write32(image.Tensor(image.StateOf(Mean)), image.Read32(image.Tensor(image.StateOf(Attention))))),
        Broken("staging on a state", ModelImageError.BadPlan,
            image => image.Write32(116, image.Read32(image.Tensor(image.StateOf(Mean))))),
        Broken("a window operator that writes a tensor of the step program", ModelImageError.BadPlan,
            image => image.Write16(image.Operator(Mean) + 6, image.Read16(image.StepOperator(Mean) + 6))),
        Broken("a tensor of both programs", ModelImageError.BadPlan, SharedByPrograms),
        Broken("a group of one", ModelImageError.BadOperator, image => image.Write8(GroupStart(image) + 1, 1)),
        Broken("a group beyond the program", ModelImageError.BadOperator, image => image.Write8(GroupStart(image) + 1, 200)),
        Broken("a group without tile rows", ModelImageError.BadOperator, image => image.Write16(GroupStart(image) + 24, 0)),
        Broken("tile rows without a group", ModelImageError.BadOperator, image => image.Write16(image.Operator(Attention) + 24, 4)),
        Broken("a group with an operator that looks at other rows", ModelImageError.BadOperator,
            image => image.Write8(image.Operator(Conv1d) + 1, 2).Write16(image.Operator(Conv1d) + 24, 4)),
        Broken("a group within a group", ModelImageError.BadOperator,
            image => image.Write8(GroupStart(image) + ImageEdit.OperatorBytes + 1, 2).Write16(GroupStart(image) + ImageEdit.OperatorBytes + 24, 4)),
        Broken("tile rows that the tiles do not have", ModelImageError.BadOperator,
            image => image.Write16(GroupStart(image) + 24, image.Read16(GroupStart(image) + 24) - 1)),
        Broken("a tile on a whole tensor of its group", ModelImageError.BadPlan,
            image => image.Write32(image.Tensor(image.Read16(GroupStart(image) + 6)), image.Read32(image.Tensor(image.Read16(GroupStart(image) + 2))))),
    ];

    /// <summary>The means of both programs write the window program's tensor, where it is in nobody's way, and both next operators read it.</summary>
    private static ImageEdit SharedByPrograms(ImageEdit image)
    {
        const int arena = 1 << 16;
        int shared = image.Read16(image.Operator(Mean) + 6);
        return image.Write32(48, arena).Write32(112, arena).Write32(image.Tensor(shared), arena - 1024).Retire(image.Read16(image.StepOperator(Mean) + 6))
            .Write16(image.StepOperator(Mean) + 6, shared).Write16(image.StepOperator(Mean + 1) + 2, shared);
    }

    private static ImageEdit Wider(ImageEdit image, int tensor) =>
        image.Write8(tensor + 12, sizeof(int)).Write32(tensor + 4, sizeof(int) * image.Read16(tensor + 10));

    /// <summary>The record of the first operator of the first group.</summary>
    private static int GroupStart(ImageEdit image)
    {
        int[] starts = [Projection, Add, Expand, Contract];
        return image.Operator(starts.First(step => image.Bytes[image.Operator(step) + 1] > 0));
    }

    private static DamagedImage Broken(string name, ModelImageError error, Func<ImageEdit, ImageEdit> change) =>
        new(name, Causal, change(new ImageEdit(Causal)).Sealed(), error);
}
