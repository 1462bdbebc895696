using static NanoFormer.Cli.Tests.Images.ImageSections;

namespace NanoFormer.Cli.Tests.Images;

/// <summary>Damages a valid image: at random as storage does, and record by record as an attacker would.</summary>
internal sealed class ImageCorruption(byte[] original, Random random)
{
    private const int MaxEdits = 3;

    private static readonly int[] Telling =
    [
        0, 1, 2, 3, 4, 15, 16, 17, 32, 64, 127, 128, 255, 256, 511, 512, 8192, 8193, 32767, 32768, 65534, 65535, 1 << 16, 1 << 20,
        (1 << 20) + 16, 1 << 24, 1 << 30, int.MaxValue, int.MinValue, -1, -2, -16, -31, -32, -62, -63, -128, -129, 31, 30, 1000, 1001,
    ];

    private byte[] _image = [.. original];

    /// <summary>A damaged copy, its checksum made right again when asked for.</summary>
    public byte[] Create(bool sealedAgain)
    {
        for (int edits = random.Next(1, MaxEdits + 1); edits > 0 && _image.Length > 128; edits--)
        {
            Edit();
        }

        if (sealedAgain)
        {
            Seal(_image);
        }

        return _image;
    }

    private void Edit()
    {
        switch (random.Next(12))
        {
            case 0:
                _image = _image[..random.Next(_image.Length)];
                break;
            case 1:
                FlipBit(random.Next(_image.Length));
                break;
            case 2 or 3:
                FlipBit(AnyRecordByte());
                break;
            case 4:
                CopyRecord();
                break;
            case 5:
                ReshapeTensor();
                break;
            case 6:
                SetConstant();
                break;
            default:
                SetField();
                break;
        }
    }

    private void FlipBit(int at)
    {
        if (at < _image.Length)
        {
            _image[at] ^= (byte)(1 << random.Next(8));
        }
    }

    /// <summary>Any field of any record gets a telling value, a neighbour of its own, or that of another record.</summary>
    private void SetField()
    {
        var section = AnySection();
        int width = random.Next(3) == 0 ? 2 : 4;
        int field = random.Next(section.RecordBytes / width) * width;
        int at = section.Record(random.Next(section.Count)) + field;
        int other = section.Record(random.Next(section.Count)) + field;
        if (Math.Max(at, other) + width > _image.Length)
        {
            return;
        }

        int own = width == 2 ? UInt16(_image, at) : Int32(_image, at);
        int value = random.Next(4) switch
        {
            0 => own + Pick(-16, -1, 1, 16),
            1 => width == 2 ? UInt16(_image, other) : Int32(_image, other),
            _ => Pick(Telling),
        };
        Set(at, width, value);
    }

    private void CopyRecord()
    {
        var section = AnySection();
        int from = section.Record(random.Next(section.Count));
        int to = section.Record(random.Next(section.Count));
        if (Math.Max(from, to) + section.RecordBytes <= _image.Length)
        {
            _image.AsSpan(from, section.RecordBytes).CopyTo(_image.AsSpan(to));
        }
    }

    /// <summary>A tensor of another shape or type, its size being right for it.</summary>
    private void ReshapeTensor()
    {
        var tensors = Tensors(original);
        int at = tensors.Record(random.Next(tensors.Count));
        if (at + tensors.RecordBytes > _image.Length)
        {
            return;
        }

        int rows = random.Next(2) == 0 ? UInt16(_image, at + 8) : random.Next(1, 20);
        int columns = random.Next(2) == 0 ? UInt16(_image, at + 10) : random.Next(1, 40);
        int elementBytes = random.Next(2) == 0 ? _image[at + 12] : Pick(1, 2, 4);
        Set(at + 4, 4, rows * columns * elementBytes);
        Set(at + 8, 2, rows);
        Set(at + 10, 2, columns);
        _image[at + 12] = (byte)elementBytes;
    }

    private void SetConstant()
    {
        int start = Operators(original).End;
        int at = start + random.Next((original.Length - start) / 4) * 4;
        if (at + 4 <= _image.Length)
        {
            Set(at, 4, random.Next(2) == 0 ? Pick(Telling) : Int32(_image, at) + Pick(-1, 1));
        }
    }

    private int AnyRecordByte()
    {
        var section = AnySection();
        return random.Next(section.Start, section.End);
    }

    /// <summary>A section that has records; those that carry most rules are likelier.</summary>
    private ImageSections AnySection()
    {
        var section = random.Next(10) switch
        {
            0 or 1 => Header(original),
            2 => Channels(original),
            3 => Labels(original),
            4 or 5 or 6 => Tensors(original),
            _ => Operators(original),
        };
        return section.Count > 0 ? section : Tensors(original);
    }

    private void Set(int at, int width, int value)
    {
        if (width == 2)
        {
            SetUInt16(_image, at, value);
            return;
        }

        SetInt32(_image, at, value);
    }

    private int Pick(params ReadOnlySpan<int> values) => values[random.Next(values.Length)];
}
