namespace NanoFormer.Interchange.Onnx;

/// <summary>Numbers of the fields of the public definition, onnx.proto.</summary>
internal static class OnnxField
{
    public static class Model
    {
        public const int IrVersion = 1;
        public const int Producer = 2;
        public const int Graph = 7;
        public const int OperatorSet = 8;
        public const int Metadata = 14;
    }

    public static class OperatorSet
    {
        public const int Domain = 1;
        public const int Version = 2;
    }

    public static class Entry
    {
        public const int Key = 1;
        public const int Value = 2;
    }

    public static class Graph
    {
        public const int Node = 1;
        public const int Name = 2;
        public const int Initializer = 5;
        public const int Input = 11;
        public const int Output = 12;
    }

    public static class Node
    {
        public const int Input = 1;
        public const int Output = 2;
        public const int Name = 3;
        public const int Operator = 4;
        public const int Attribute = 5;
        public const int Domain = 7;
    }

    public static class Attribute
    {
        public const int Name = 1;
        public const int Float = 2;
        public const int Int = 3;
        public const int Text = 4;
        public const int Tensor = 5;
        public const int Floats = 7;
        public const int Ints = 8;
        public const int Type = 20;
    }

    public static class AttributeType
    {
        public const int Float = 1;
        public const int Int = 2;
        public const int Text = 3;
        public const int Tensor = 4;
        public const int Floats = 6;
        public const int Ints = 7;
    }

    public static class Tensor
    {
        public const int Dimension = 1;
        public const int Type = 2;
        public const int FloatData = 4;
        public const int Int32Data = 5;
        public const int Int64Data = 7;
        public const int Name = 8;
        public const int Raw = 9;
        public const int DoubleData = 10;
        public const int Location = 14;
    }

    public static class Value
    {
        public const int Name = 1;
        public const int Type = 2;
    }

    public static class Type
    {
        public const int Tensor = 1;
    }

    public static class TensorType
    {
        public const int Element = 1;
        public const int Shape = 2;
    }

    public static class Shape
    {
        public const int Dimension = 1;
    }

    public static class Dimension
    {
        public const int Size = 1;
        public const int Symbol = 2;
    }
}
