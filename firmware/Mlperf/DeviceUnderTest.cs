namespace NanoFormer.Mlperf
{
    /// <summary>
    /// The device's side of MLPerf Tiny's serial protocol (mlcommons/tiny, benchmark/api): commands end with <c>%</c>, every answer with
    /// <c>m-ready</c>. native-interop/mlperf has the same in C; the two answer with the same bytes.
    /// </summary>
    public sealed class DeviceUnderTest
    {
        /// <summary>The name of a device that has no other.</summary>
        public const string Vendor = "NanoFormer";

        /// <summary>Most bytes of an input.</summary>
        public const int LargestInput = 27648;

        private const int LongestCommand = 80;
        private const int TextBytes = 64;
        private const int UsualWarmups = 10;
        private const int BytesPerLine = 8;
        private const string Firmware = "ULPMark for tinyML Firmware V0.0.1";
        private const string HexDigits = "0123456789abcdef";

        private readonly IBenchmarkModel _model;
        private readonly IBenchmarkPort _port;
        private readonly string _vendor;
        private readonly byte[] _input = new byte[LargestInput];
        private readonly byte[] _command = new byte[LongestCommand];
        private readonly byte[] _text = new byte[TextBytes];
        private readonly sbyte[] _results;
        private int _size;
        private int _filled;
        private int _length;
        private int _word;
        private int _wordEnd;
        private int _said;
        private bool _hasResults;

        /// <summary>Binds the parts.</summary>
        /// <param name="model">The model.</param>
        /// <param name="port">The line to the host.</param>
        /// <param name="vendor">The name that the device gives itself.</param>
        public DeviceUnderTest(IBenchmarkModel model, IBenchmarkPort port, string vendor)
        {
            _model = model;
            _port = port;
            _vendor = vendor;
            _results = new sbyte[model.ResultCount];
        }

        /// <summary>Says that the device has started.</summary>
        public void Boot()
        {
            SayLine(_port.IsEnergyMode ? "m-timestamp-mode-energy" : "m-timestamp-mode-performance");
            Stamp();
            SayLine("m-init-done");
            SayLine("m-ready");
        }

        /// <summary>Takes bytes of the host, of any kind and in any pieces, and answers every command that ends in them.</summary>
        public void Take(byte[] bytes, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (bytes[i] == '%')
                {
                    Execute();
                    _length = 0;
                }
                else if (_length < LongestCommand)
                {
                    _command[_length++] = bytes[i];
                }
            }
        }

        private void Execute()
        {
            _wordEnd = 0;
            NextWord();
            if (Is("name"))
            {
                Say("m-name-dut-[");
                Say(_vendor);
                SayLine("]");
            }
            else if (Is("timestamp"))
            {
                Stamp();
            }
            else if (Is("profile"))
            {
                Say("m-profile-[");
                Say(Firmware);
                SayLine("]");
                Say("m-model-[");
                Say(_model.Id);
                SayLine("]");
            }
            else if (Is("help"))
            {
                SayLine(Firmware);
                SayLine("name, timestamp, profile, db load N, db HH.., db print, infer N [W], results");
            }
            else if (Is("db"))
            {
                Buffer();
            }
            else if (Is("infer"))
            {
                Infer();
            }
            else if (Is("results"))
            {
                TellResults();
            }
            else
            {
                Say("e-[Unknown command: ");
                SayWord();
                SayLine("]");
            }

            SayLine("m-ready");
        }

        private void Buffer()
        {
            if (!NextWord())
            {
                SayLine("e-[Command 'db' requires a subcommand]");
                return;
            }

            if (Is("print"))
            {
                Print();
                return;
            }

            if (!Is("load"))
            {
                Fill();
                return;
            }

            if (!NextWord())
            {
                SayLine("e-[Command 'db load' requires the # of bytes]");
                return;
            }

            Load();
        }

        private void Load()
        {
            int size;
            if (!NumberOfWord(out size) || size <= 0)
            {
                SayLine("e-[Command 'db load' must be >0 bytes]");
                return;
            }

            _filled = 0;
            if (size > LargestInput)
            {
                _size = 0;
                Say("Supplied buffer size ");
                SayNumber(size);
                Say(" exceeds maximum of ");
                SayNumber(LargestInput);
                Say("\n"); // as the reference ends it
                Flush();
                return;
            }

            _size = size;
            SayNumbered("m-[Expecting ", _size, " bytes]");
        }

        // Bytes of the input; what follows the last one is ignored.
        private void Fill()
        {
            if ((_wordEnd - _word) % 2 != 0)
            {
                SayLine("e-[Insufficent number of hex digits]"); // as the reference spells it
                return;
            }

            for (int at = _word; at < _wordEnd && _filled < _size; at += 2)
            {
                int high = DigitOf(_command[at]);
                int low = DigitOf(_command[at + 1]);
                if (high < 0 || low < 0)
                {
                    Say("e-[Invalid hex digit '");
                    SayByte(_command[at]);
                    SayByte(_command[at + 1]);
                    SayLine("']");
                    return;
                }

                _input[_filled++] = (byte)((high * 16) + low);
                if (_filled == _size)
                {
                    SayLine("m-load-done");
                }
            }
        }

        // What is not loaded yet is zero.
        private void Print()
        {
            for (int at = 0; at < _size; at++)
            {
                Say(at % BytesPerLine == 0 ? "m-buffer-" : "-");
                SayHex(at < _filled ? _input[at] : 0);
                if (at % BytesPerLine == BytesPerLine - 1 || at + 1 == _size)
                {
                    EndLine();
                }
            }
        }

        private void Infer()
        {
            int runs = 1;
            int warmups = UsualWarmups;
            if (NextWord() && (!NumberOfWord(out runs) || runs <= 0))
            {
                SayLine("e-[Inference iterations must be >0]");
                return;
            }

            if (NextWord() && (!NumberOfWord(out warmups) || warmups < 0))
            {
                SayLine("e-[Inference warmup must be >=0]");
                return;
            }

            if (_size != _model.InputBytes || _filled != _size)
            {
                Say("e-[The model takes ");
                SayNumber(_model.InputBytes);
                SayNumbered(" bytes, ", _filled, " are loaded]");
                return;
            }

            SayNumbered("m-warmup-start-", warmups, "");
            Run(warmups);
            SayLine("m-warmup-done");
            SayNumbered("m-infer-start-", runs, "");
            Stamp();
            Run(runs);
            Stamp();
            _hasResults = true;
            SayLine("m-infer-done");
            TellResults();
        }

        private void Run(int times)
        {
            for (int i = 0; i < times; i++)
            {
                _model.Run(_input, _results);
            }
        }

        private void TellResults()
        {
            Say("m-results-[");
            for (int i = 0; _hasResults && i < _results.Length; i++)
            {
                if (i > 0)
                {
                    SayByte((byte)',');
                }

                SayResult(_results[i]);
            }

            SayLine("]");
        }

        private void Stamp()
        {
            if (_port.IsEnergyMode)
            {
                _port.Edge();
                return;
            }

            SayNumbered("m-lap-us-", _port.Microseconds, "");
        }

        // The next word of the command becomes the current one. False at the end.
        private bool NextWord()
        {
            int at = _wordEnd;
            while (at < _length && _command[at] == ' ')
            {
                at++;
            }

            _word = at;
            while (at < _length && _command[at] != ' ')
            {
                at++;
            }

            _wordEnd = at;
            return _wordEnd > _word;
        }

        private bool Is(string name)
        {
            if (name.Length != _wordEnd - _word)
            {
                return false;
            }

            for (int i = 0; i < name.Length; i++)
            {
                if (_command[_word + i] != name[i])
                {
                    return false;
                }
            }

            return true;
        }

        // The current word as a number; false when it is none of 32 bits.
        private bool NumberOfWord(out int number)
        {
            int at = _word;
            bool isNegative = at < _wordEnd && _command[at] == '-';
            long value = 0;
            number = 0;
            at += isNegative ? 1 : 0;
            if (at == _wordEnd)
            {
                return false;
            }

            for (; at < _wordEnd; at++)
            {
                int digit = _command[at] - '0';
                value = (value * 10) + digit;
                if (digit < 0 || digit > 9 || value > int.MaxValue)
                {
                    return false;
                }
            }

            number = (int)(isNegative ? -value : value);
            return true;
        }

        private static int DigitOf(byte character)
        {
            if (character >= '0' && character <= '9')
            {
                return character - '0';
            }

            int letter = character | 0x20;
            return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
        }

        // Thousandths of a probability, rounded.
        private void SayResult(sbyte value)
        {
            int thousandths = (((value + 128) * 1000) + 128) / 256;
            Say("0.");
            SayByte((byte)('0' + (thousandths / 100)));
            SayByte((byte)('0' + (thousandths / 10 % 10)));
            SayByte((byte)('0' + (thousandths % 10)));
        }

        private void SayNumbered(string text, long number, string rest)
        {
            Say(text);
            SayNumber(number);
            SayLine(rest);
        }

        private void SayNumber(long number)
        {
            long unit = 1;
            while (number / unit >= 10)
            {
                unit *= 10;
            }

            for (; unit > 0; unit /= 10)
            {
                SayByte((byte)('0' + (number / unit % 10)));
            }
        }

        private void SayHex(int value)
        {
            SayByte((byte)HexDigits[value >> 4]);
            SayByte((byte)HexDigits[value & 15]);
        }

        private void SayWord()
        {
            for (int i = _word; i < _wordEnd; i++)
            {
                SayByte(_command[i]);
            }
        }

        private void SayLine(string text)
        {
            Say(text);
            EndLine();
        }

        private void EndLine()
        {
            Say("\r\n");
            Flush();
        }

        private void Say(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                SayByte((byte)text[i]);
            }
        }

        private void SayByte(byte value)
        {
            _text[_said++] = value;
            if (_said == TextBytes)
            {
                Flush();
            }
        }

        private void Flush()
        {
            if (_said > 0)
            {
                _port.Write(_text, _said);
                _said = 0;
            }
        }
    }
}
