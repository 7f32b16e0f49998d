import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks contracts/vectors with nothing but JDK 17, as a second implementation of contracts/terminal-protocol.md.
 * Usage: java VerifyVectors.java DIR. Prints "N vectors verified", or what disagrees and exits with 1.
 */
public final class VerifyVectors {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LONGEST_JWS = 48 * 1024;
    private static final int CAUSES = 14;
    private static final Set<String> BY_RELEASE = Set.of("bank_approval", "passkey", "maintenance_done", "repair",
            "network_check", "move_approved", "provider_release");

    private final Path folder;
    private final List<String> wrong = new ArrayList<>();
    private int verified;

    private VerifyVectors(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        var run = new VerifyVectors(Path.of(args[0]));
        run.orders();
        run.keySets();
        run.signedTimes();
        run.challenges();
        run.journal();
        run.hashChain();
        run.wrong.forEach(System.out::println);
        System.out.println(run.verified + " vectors verified");
        System.exit(run.wrong.isEmpty() ? 0 : 1);
    }

    // ---- what the vectors are about -------------------------------------------------------------------------------

    private void orders() throws Exception {
        var file = read("orders");
        var keys = Map.of(text(object(file, "key"), "kid"), key(object(file, "key")));
        for (var vector : list(file, "vectors")) {
            check("orders", vector, text(vector, "verdict"), verdict(text(vector, "jws"), keys, file));
        }
    }

    private static String verdict(String text, Map<String, PublicKey> keys, Map<String, Object> state)
            throws GeneralSecurityException {
        var jws = Jws.parse(text);
        if (jws == null || !jws.typ.equals("tillkeeper-order+jws")) {
            return "malformed_order";
        }
        var key = keys.get(jws.kid);
        if (key == null) {
            return "unknown_key";
        }
        if (!jws.isSignedBy(key)) {
            return "bad_signature";
        }
        if (!(Json.parseOrNull(jws.payload) instanceof Map<?, ?> parsed) || !parsed.containsKey("number")) {
            return "malformed_order";
        }
        @SuppressWarnings("unchecked")
        var order = (Map<String, Object>) parsed;
        if (!text(order, "terminal").equals(text(state, "terminal"))) {
            return "foreign_order";
        }
        if (number(order, "epoch") != number(state, "epoch")) {
            return "foreign_epoch";
        }
        var next = number(state, "lastOrder") + 1;
        if (number(order, "number") < next) {
            return "replayed_order";
        }
        if (number(order, "number") > next) {
            return "order_out_of_turn";
        }
        return turn(order, state);
    }

    /** Its turn has come: what follows uses up its number whatever the answer is. */
    private static String turn(Map<String, Object> order, Map<String, Object> state) {
        var kind = text(order, "kind");
        var expires = (String) order.get("expiresAt");
        var now = Instant.parse(text(state, "trustedNow"));
        if (expires != null && !kind.equals("lock") && now.isAfter(Instant.parse(expires))) {
            return "expired";
        }
        var lockId = (String) order.get("lockId");
        switch (kind) {
            case "lock":
                return lockId == null || order.get("lock") == null ? "incomplete_order" : "applied";
            case "passcode_reset":
                return lockId == null ? "incomplete_order" : "applied";
            case "release":
                return release(lockId, (String) order.get("wayOut"), state);
            case "policy":
                if (order.get("policy") == null) {
                    return "incomplete_order";
                }
                return number(object(order, "policy"), "version") > number(state, "policyVersion")
                        ? "applied" : "stale_policy";
            default:
                return "unknown_kind";
        }
    }

    private static String release(String lockId, String way, Map<String, Object> state) {
        if (lockId == null || way == null) {
            return "incomplete_order";
        }
        for (var standing : list(state, "locks")) {
            if (text(standing, "id").equals(lockId)) {
                var possible = ((List<?>) standing.get("waysOut")).contains(way)
                        && BY_RELEASE.contains(way) && !text(standing, "cause").equals("tamper");
                return possible ? "applied" : "way_out_not_available";
            }
        }
        return "applied";
    }

    private void keySets() throws Exception {
        var file = read("key-sets");
        var ca = key(object(file, "ca"));
        for (var vector : list(file, "vectors")) {
            check("key-sets", vector, vector.get("version"), version(text(vector, "jws"), ca));
        }
    }

    private static Object version(String text, PublicKey ca) throws GeneralSecurityException {
        var jws = Jws.parse(text);
        if (jws == null || !jws.typ.equals("tillkeeper-keys+jws") || !jws.kid.equals("ca") || !jws.isSignedBy(ca)) {
            return null;
        }
        var set = Json.object(jws.payload);
        var names = new TreeSet<String>();
        for (var key : list(set, "keys")) {
            names.add(text(key, "kid"));
            key(key);
        }
        var count = list(set, "keys").size();
        return count == 0 || count > 8 || names.size() < count ? null : set.get("version");
    }

    private void signedTimes() throws Exception {
        var file = read("signed-times");
        var key = key(object(file, "key"));
        for (var vector : list(file, "vectors")) {
            var jws = Jws.parse(text(vector, "jws"));
            Object now = null;
            if (jws != null && jws.typ.equals("tillkeeper-time+jws") && jws.kid.equals(text(object(file, "key"), "kid"))
                    && jws.isSignedBy(key)) {
                var time = Json.object(jws.payload);
                var meant = text(time, "terminal").equals(text(file, "terminal"))
                        && text(time, "nonce").equals(text(file, "nonce"));
                now = meant ? time.get("now") : null;
            }
            check("signed-times", vector, vector.get("now"), now);
        }
    }

    private void challenges() throws Exception {
        var file = read("challenges");
        var key = bytes(text(file, "codeKey"));
        for (var vector : list(file, "vectors")) {
            var found = challenge(text(vector, "typed"), key);
            if (check("challenges", vector, vector.get("text"), found) && found != null) {
                check("challenges", vector, vector.get("terminal"), found.substring(1, 11));
                check("challenges", vector, vector.get("lock"), found.substring(11, 21));
                check("challenges", vector, vector.get("nonce"), found.substring(21, 26));
                check("challenges", vector, vector.get("releaseCode"), code(key, found, "release"));
                check("challenges", vector, vector.get("resetCode"), code(key, found, "passcode_reset"));
                verified -= 5;
            }
        }
    }

    private static String challenge(String typed, byte[] key) throws GeneralSecurityException {
        var text = new StringBuilder();
        for (var c : typed.toCharArray()) {
            var half = c >= 0xFF01 && c <= 0xFF5E ? (char) (c - 0xFEE0) : c;
            var one = Character.toUpperCase(half);
            one = one == 'I' || one == 'L' ? '1' : one == 'O' ? '0' : one;
            if (" -\t\r\n\u3000".indexOf(one) >= 0) {
                continue;
            }
            if (ALPHABET.indexOf(one) < 0) {
                return null;
            }
            text.append(one);
        }
        if (text.length() != 32 || ALPHABET.indexOf(text.charAt(0)) >= CAUSES) {
            return null;
        }
        var body = text.substring(0, 26);
        var mac = crockford(hmac(key, "tillkeeper/challenge/v1\0" + body), 6);
        return mac.equals(text.substring(26)) ? text.toString() : null;
    }

    private static String code(byte[] key, String challenge, String effect) throws GeneralSecurityException {
        var mac = hmac(key, "tillkeeper/offline-code/v1\0" + challenge + "\0" + effect);
        var number = Long.remainderUnsigned(ByteBuffer.wrap(mac).getLong(), 100_000_000L);
        return String.format("%08d", number);
    }

    private void journal() throws Exception {
        for (var vector : list(read("journal"), "vectors")) {
            var lines = String.join("\n", text(vector, "prev"), Long.toString(number(vector, "seq")),
                    text(vector, "type"), text(vector, "at"), text(vector, "data"));
            check("journal", vector, vector.get("hash"), hex(sha256(utf8(lines))));
        }
    }

    private void hashChain() throws Exception {
        for (var vector : list(read("hash-chain"), "vectors")) {
            var row = ByteBuffer.allocate(64 * 1024).put(HexFormat.of().parseHex(text(vector, "before")));
            for (var name : List.of("shard", "seq", "version", "previous", "at")) {
                row.putLong(number(vector, name));
            }
            for (var name : List.of("stream", "type", "actor", "source")) {
                row.putInt(utf8(text(vector, name)).length).put(utf8(text(vector, name)));
            }
            var data = bytes(text(vector, "data"));
            row.putInt(data.length).put(data).flip();
            var used = new byte[row.remaining()];
            row.get(used);
            check("hash-chain", vector, vector.get("hash"), hex(sha256(used)));
        }
    }

    private boolean check(String file, Map<String, Object> vector, Object expected, Object found) {
        verified++;
        if (Objects.equals(expected, found)) {
            return true;
        }
        wrong.add(file + ", " + vector.get("name") + ": expected " + expected + ", found " + found);
        return false;
    }

    // ---- what they are made of ------------------------------------------------------------------------------------

    /** JWS, compact, ES256 only; the header has exactly alg, kid and typ. */
    private record Jws(String kid, String typ, String payload, byte[] input, byte[] signature) {
        static Jws parse(String text) {
            var parts = text.split("\\.", -1);
            if (text.length() > LONGEST_JWS || parts.length != 3) {
                return null;
            }
            var head = canonical(parts[0]);
            var body = canonical(parts[1]);
            var tail = canonical(parts[2]);
            if (head == null || body == null || tail == null || tail.length != 64) {
                return null;
            }
            if (!(Json.parseOrNull(new String(head, StandardCharsets.UTF_8)) instanceof Map<?, ?> header)
                    || header.size() != 3 || !"ES256".equals(header.get("alg"))
                    || !(header.get("kid") instanceof String kid) || !(header.get("typ") instanceof String typ)) {
                return null;
            }
            return new Jws(kid, typ, new String(body, StandardCharsets.UTF_8), utf8(parts[0] + "." + parts[1]), tail);
        }

        /** One text, one meaning: no padding, no stray bits. */
        private static byte[] canonical(String part) {
            try {
                var decoded = Base64.getUrlDecoder().decode(part);
                return Base64.getUrlEncoder().withoutPadding().encodeToString(decoded).equals(part) ? decoded : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        boolean isSignedBy(PublicKey key) throws GeneralSecurityException {
            var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(key);
            verifier.update(input);
            try {
                return verifier.verify(signature);
            } catch (java.security.SignatureException e) {
                return false;
            }
        }
    }

    private static PublicKey key(Map<String, Object> jwk) throws GeneralSecurityException {
        var curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        var point = new ECPoint(new BigInteger(1, bytes(text(jwk, "x"))), new BigInteger(1, bytes(text(jwk, "y"))));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(utf8(text));
    }

    private static String crockford(byte[] bytes, int characters) {
        var bits = new BigInteger(1, bytes).shiftRight(bytes.length * 8 - characters * 5);
        var text = new StringBuilder();
        for (var i = characters - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt(bits.shiftRight(i * 5).intValue() & 31));
        }
        return text.toString();
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String base64url) {
        return Base64.getUrlDecoder().decode(base64url);
    }

    private Map<String, Object> read(String name) throws IOException {
        return Json.object(Files.readString(folder.resolve(name + ".json")));
    }

    private static String text(Map<String, Object> from, String name) {
        return (String) Objects.requireNonNull(from.get(name), name);
    }

    private static long number(Map<String, Object> from, String name) {
        return (Long) Objects.requireNonNull(from.get(name), name);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> from, String name) {
        return (Map<String, Object>) Objects.requireNonNull(from.get(name), name);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> from, String name) {
        return (List<Map<String, Object>>) Objects.requireNonNull(from.get(name), name);
    }

    /** As much of JSON as is needed: whole numbers only; a name that comes twice is an error. */
    private static final class Json {
        private final String text;
        private int at;

        private Json(String text) {
            this.text = text;
        }

        @SuppressWarnings("unchecked")
        static Map<String, Object> object(String text) {
            return (Map<String, Object>) parse(text);
        }

        static Object parseOrNull(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        static Object parse(String text) {
            var json = new Json(text);
            var value = json.value();
            json.blanks();
            if (json.at != text.length()) {
                throw json.bad();
            }
            return value;
        }

        private Object value() {
            blanks();
            switch (peek()) {
                case '{':
                    return members();
                case '[':
                    return items();
                case '"':
                    return string();
                case 't':
                    return word("true", Boolean.TRUE);
                case 'f':
                    return word("false", Boolean.FALSE);
                case 'n':
                    return word("null", null);
                default:
                    return integer();
            }
        }

        private Map<String, Object> members() {
            var members = new LinkedHashMap<String, Object>();
            at++;
            while (!closes('}', members.isEmpty())) {
                blanks();
                var name = string();
                blanks();
                expect(':');
                var value = value();
                if (members.containsKey(name)) {
                    throw bad();
                }
                members.put(name, value);
            }
            return members;
        }

        private List<Object> items() {
            var items = new ArrayList<>();
            at++;
            while (!closes(']', items.isEmpty())) {
                items.add(value());
            }
            return items;
        }

        private boolean closes(char end, boolean first) {
            blanks();
            if (peek() == end) {
                at++;
                return true;
            }
            if (!first) {
                expect(',');
            }
            return false;
        }

        private String string() {
            expect('"');
            var result = new StringBuilder();
            while (peek() != '"') {
                var c = text.charAt(at++);
                if (c < ' ') {
                    throw bad();
                }
                result.append(c == '\\' ? escaped() : c);
            }
            at++;
            return result.toString();
        }

        private char escaped() {
            var c = peek();
            at++;
            if (c == 'u' && at + 4 <= text.length()) {
                at += 4;
                return (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            var known = "\"\\/bfnrt".indexOf(c);
            if (known < 0) {
                throw bad();
            }
            return "\"\\/\b\f\n\r\t".charAt(known);
        }

        private Long integer() {
            var start = at;
            while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return Long.valueOf(text.substring(start, at));
        }

        private Object word(String word, Object value) {
            if (!text.startsWith(word, at)) {
                throw bad();
            }
            at += word.length();
            return value;
        }

        private void expect(char c) {
            if (peek() != c) {
                throw bad();
            }
            at++;
        }

        private char peek() {
            if (at >= text.length()) {
                throw bad();
            }
            return text.charAt(at);
        }

        private void blanks() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private IllegalArgumentException bad() {
            return new IllegalArgumentException("not JSON at " + at);
        }
    }
}
