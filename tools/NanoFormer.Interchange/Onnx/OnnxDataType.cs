namespace NanoFormer.Interchange.Onnx;

/// <summary>Types of tensor elements; numbers as in the public definition.</summary>
internal enum OnnxDataType
{
    Undefined = 0,
    Float = 1,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
    Double = 11,
}
