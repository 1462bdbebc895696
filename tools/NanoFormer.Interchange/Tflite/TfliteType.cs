namespace NanoFormer.Interchange.Tflite;

/// <summary>Types of tensors; numbers as in the public schema.</summary>
internal enum TfliteType : sbyte
{
    Int32 = 2,
    Int8 = 9,
}
