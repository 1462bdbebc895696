using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <content>No float network has it.</content>
public sealed partial class Dequantizer
{
    FloatValue IOperatorVisitor<FloatValue>.Visit(LinearAttention step) => throw NotExpressible(step, "train with softmax attention");
}

/// <content>Nor has TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    int IOperatorVisitor<int>.Visit(LinearAttention step) =>
        throw NotExpressible(step, "builtin operators have no running 64-bit sums; train with softmax attention");
}
